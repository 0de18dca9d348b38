using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Charts;

/// <summary>A row of small bars, with a text that says what they show.</summary>
internal static class Sparkline
{
    private const int Height = 24;

    /// <param name="values">The values, oldest first.</param>
    /// <param name="what">What one value counts, for the text alternative: "articles a day".</param>
    public static Markup Of(IReadOnlyList<int> values, string what) => Markup.Of(html =>
    {
        if (values.Count == 0)
            return;
        var most = Math.Max(1, values.Max());
        html.Add(
            $"""<svg class="spark" viewBox="0 0 {Svg.Length(values.Count * 4)} {Height}" preserveAspectRatio="none" role="img" aria-label="{what}: {Describe(values)}">""");
        for (var i = 0; i < values.Count; i++)
        {
            var height = values[i] == 0 ? 0.8 : Math.Max(1.5, (double)values[i] * Height / most);
            html.Add($"""<rect x="{Svg.Length(i * 4)}" y="{Svg.Length(Height - height)}" width="3" height="{Svg.Length(height)}"/>""");
        }

        html.Add($"</svg>");
    });

    private static string Describe(IReadOnlyList<int> values) =>
        values.Count == 1 ? Say.Count(values[0], "", "").Trim() : $"latest {values[^1]}, least {values.Min()}, most {values.Max()}, over {values.Count} days";
}
