using System.Text.RegularExpressions;

namespace IngestPipeline.Training;

/// <summary>The scrapinghub benchmark's measure: four-word shingles, as bags.</summary>
internal static partial class Shingles
{
    public static string[] Tokens(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    public static Dictionary<string, int> Bag(string[] tokens)
    {
        var bag = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Max(1, tokens.Length - 3); i++)
        {
            var shingle = string.Join(' ', tokens, i, Math.Min(4, tokens.Length - i));
            if (shingle.Length > 0)
                bag[shingle] = bag.GetValueOrDefault(shingle) + 1;
        }

        return bag;
    }

    public static (double Hit, double Extra, double Missed) Compare(string truth, string found)
    {
        var (a, b) = (Bag(Tokens(truth)), Bag(Tokens(found)));
        double hit = b.Sum(p => Math.Min(p.Value, a.GetValueOrDefault(p.Key)));
        return (hit, b.Values.Sum() - hit, a.Values.Sum() - hit);
    }

    [GeneratedRegex(@"\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
