using System.Globalization;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Charts;

/// <summary>A chart over days: stacked bars or lines, with legend, axis and the same figures as a table.</summary>
internal static class DayChart
{
    private const int Width = 600;
    private const int Height = 160;

    /// <summary>Bars that stack the series.</summary>
    public static void Bars(HtmlBuilder html, string title, IReadOnlyList<string> days, IReadOnlyList<Series> series, Func<double, string> say)
    {
        var most = Math.Max(1, Enumerable.Range(0, days.Count).Max(d => series.Sum(s => s.Values[d])));
        Open(html, title, days, series, say(most), stacked: true);
        var step = (double)Width / days.Count;
        // Few days make no bars as wide as a hand.
        var width = Math.Min(step * 0.8, 48);
        for (var d = 0; d < days.Count; d++)
        {
            var y = (double)Height;
            foreach (var s in series.Where(s => s.Values[d] > 0))
            {
                var height = s.Values[d] * Height / most;
                y -= height;
                html.Add(
                    $"""<rect class="{s.Class}" x="{Svg.Length((d * step) + ((step - width) / 2))}" y="{Svg.Length(y)}" width="{Svg.Length(width)}" height="{Svg.Length(Math.Max(0.6, height))}"/>""");
            }
        }

        Close(html, title, days, series, say);
    }

    /// <summary>A line for each series; days without a value are left out.</summary>
    public static void Lines(HtmlBuilder html, string title, IReadOnlyList<string> days, IReadOnlyList<Series> series, Func<double, string> say)
    {
        var most = Math.Max(double.Epsilon, series.SelectMany(s => s.Values).Where(v => !double.IsNaN(v)).DefaultIfEmpty(1).Max());
        Open(html, title, days, series, say(most), stacked: false);
        var step = (double)Width / days.Count;
        foreach (var s in series)
        {
            var points = Enumerable.Range(0, days.Count).Where(d => !double.IsNaN(s.Values[d]))
                .Select(d => string.Create(CultureInfo.InvariantCulture, $"{(d + 0.5) * step:0.#},{Height - (s.Values[d] * (Height - 8) / most):0.#}")).ToList();
            if (points.Count == 1)
                points.Add(points[0]);
            html.Add($"""<polyline class="{s.Class}" points="{string.Join(' ', points)}"/>""");
        }

        Close(html, title, days, series, say);
    }

    private static void Open(HtmlBuilder html, string title, IReadOnlyList<string> days, IReadOnlyList<Series> series, string top, bool stacked)
    {
        html.Add($"""<figure class="chart"><figcaption>{title}</figcaption><ul class="legend">""");
        foreach (var s in series)
            html.Add(
                $"""<li><svg class="key {s.Class}" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect width="10" height="10"/></svg>{s.Name}</li>""");
        html.Add(
            $"""</ul><div class="plot"><span class="top-value">{top}</span><svg class="{(stacked ? "bars" : "lines")}" viewBox="0 0 {new Markup($"{Width} {Height}")}" preserveAspectRatio="none" role="img" aria-label="{title}, {Say.ShortDay(days[0])} to {Say.ShortDay(days[^1])}; the figures are in the table below">""");
        html.Add(
            $"""<line class="grid" x1="0" y1="0.5" x2="{Width}" y2="0.5"/><line class="grid" x1="0" y1="{Height / 2}" x2="{Width}" y2="{Height / 2}"/><line class="axis" x1="0" y1="{Height}" x2="{Width}" y2="{Height}"/>""");
    }

    private static void Close(HtmlBuilder html, string title, IReadOnlyList<string> days, IReadOnlyList<Series> series, Func<double, string> say)
    {
        html.Add($"""</svg></div><div class="axis-row" aria-hidden="true"><span>{Say.ShortDay(days[0])}</span>""");
        if (days.Count > 1)
            html.Add($"<span>{Say.ShortDay(days[^1])}</span>");
        html.Add(
            $"""</div><details class="figures"><summary>The figures</summary><div class="scroll" tabindex="0" role="region" aria-label="{title}: figures"><table><thead><tr><th scope="col">Day</th>""");
        foreach (var s in series)
            html.Add($"""<th scope="col" class="n">{s.Name}</th>""");
        html.Add($"</tr></thead><tbody>");
        for (var d = days.Count - 1; d >= 0; d--)
        {
            html.Add($"""<tr><th scope="row">{Say.ShortDay(days[d])}</th>""");
            foreach (var s in series)
                html.Add($"""<td class="n">{(double.IsNaN(s.Values[d]) ? "–" : say(s.Values[d]))}</td>""");
            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div></details></figure>\n");
    }
}
