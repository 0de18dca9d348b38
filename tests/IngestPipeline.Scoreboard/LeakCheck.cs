using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IngestPipeline.Scoreboard;

/// <summary>Finds the lines of a text that hold a cue or meet a pattern of a kind of boilerplate and that the truth does not have.</summary>
internal sealed class LeakCheck
{
    private readonly IReadOnlyDictionary<string, string[]> _cues;
    private readonly IReadOnlyDictionary<string, int> _longest;
    private readonly IReadOnlyDictionary<string, Regex[]> _patterns;
    private readonly IReadOnlySet<string> _starts;
    private readonly int _max;

    private LeakCheck(JsonElement root)
    {
        _cues = root.GetProperty("kinds")
            .EnumerateObject()
            .ToDictionary(k => k.Name, k => k.Value.EnumerateArray().Select(c => c.GetString()!).ToArray(), StringComparer.Ordinal);
        _longest = root.GetProperty("short").EnumerateObject().ToDictionary(k => k.Name, k => k.Value.GetInt32(), StringComparer.Ordinal);
        _starts = root.GetProperty("starts").EnumerateArray().Select(k => k.GetString()!).ToHashSet(StringComparer.Ordinal);
        _patterns = root.GetProperty("patterns")
            .EnumerateObject()
            .ToDictionary(k => k.Name, k => k.Value.EnumerateArray().Select(c => new Regex(c.GetString()!, RegexOptions.CultureInvariant)).ToArray(), StringComparer.Ordinal);
        _max = root.GetProperty("max").GetInt32();
    }

    /// <summary>The kinds, in the order of the file.</summary>
    public IEnumerable<string> Kinds => _cues.Keys;

    /// <summary>Reads the cues that stand beside the program.</summary>
    public static LeakCheck Load()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "leak-cues.json")));
        return new(json.RootElement.Clone());
    }

    /// <summary>The leaking lines of a text, each with its kind.</summary>
    public IEnumerable<(string Kind, string Line)> Find(string text, string truth)
    {
        var known = Squeeze(truth);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l.Length <= _max))
        {
            var squeezed = Squeeze(line);
            if (squeezed.Length == 0 || known.Contains(squeezed, StringComparison.Ordinal))
                continue;

            foreach (var (kind, cues) in _cues)
            {
                if (line.Length <= _longest.GetValueOrDefault(kind, _max)
                    && (cues.Any(c => Has(line, c, _starts.Contains(kind))) || _patterns.GetValueOrDefault(kind, []).Any(p => p.IsMatch(line))))
                    yield return (kind, line);
            }
        }
    }

    /// <summary>The share of pages that leak, by kind.</summary>
    public IEnumerable<(string Kind, double Share)> Shares(IReadOnlyCollection<(string Page, string Kind)> leaks, int pages) =>
        Kinds.Select(k => (k, (double)leaks.Where(l => l.Kind == k).Select(l => l.Page).Distinct(StringComparer.Ordinal).Count() / Math.Max(1, pages)));

    // Spelling of markup and quotation marks does not matter.
    private static string Squeeze(string text) =>
        text.Where(char.IsLetterOrDigit).Aggregate(new StringBuilder(text.Length), (all, c) => all.Append(char.ToLowerInvariant(c))).ToString();

    private static bool Has(string line, string cue, bool atStart) =>
        atStart ? line.StartsWith(cue, StringComparison.OrdinalIgnoreCase) : line.Contains(cue, StringComparison.OrdinalIgnoreCase);
}
