using System.Globalization;
using System.Text.Json;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Training;

/// <summary>Share of pages whose text keeps a line of a kind that the truth does not have.</summary>
internal sealed class LeakCheck
{
    private readonly Dictionary<string, string[]> _cues;
    private readonly Dictionary<string, int> _short;
    private readonly HashSet<string> _starts;
    private readonly int _max;

    private LeakCheck(JsonElement root)
    {
        _cues = root.GetProperty("kinds").EnumerateObject().ToDictionary(k => k.Name, k => k.Value.EnumerateArray().Select(c => c.GetString()!).ToArray(), StringComparer.Ordinal);
        _short = root.GetProperty("short").EnumerateObject().ToDictionary(k => k.Name, k => k.Value.GetInt32(), StringComparer.Ordinal);
        _starts = root.GetProperty("starts").EnumerateArray().Select(k => k.GetString()!).ToHashSet(StringComparer.Ordinal);
        _max = root.GetProperty("max").GetInt32();
    }

    /// <summary>Reads the cues that stand beside the program.</summary>
    public static LeakCheck Load()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "leak-cues.json")));
        return new(json.RootElement.Clone());
    }

    /// <summary>The leaking lines of a text, each with its kind.</summary>
    public IEnumerable<(string Kind, string Line)> Find(string text, string truth)
    {
        var known = PageHints.Squeeze(truth);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l.Length <= _max))
        {
            var squeezed = PageHints.Squeeze(line);
            if (squeezed.Length == 0 || known.Contains(squeezed, StringComparison.Ordinal))
                continue;

            foreach (var (kind, cues) in _cues)
            {
                if (line.Length <= _short.GetValueOrDefault(kind, _max)
                    && cues.Any(c => _starts.Contains(kind) ? line.StartsWith(c, StringComparison.OrdinalIgnoreCase) : line.Contains(c, StringComparison.OrdinalIgnoreCase)))
                    yield return (kind, line);
            }
        }
    }

    /// <summary>Prints the share of pages that leak, kind by kind, and the lines.</summary>
    public static void Print(IReadOnlyList<TruthPage> pages, string predictions)
    {
        var check = Load();
        var texts = new Dictionary<(string Set, string Id), string>();
        foreach (var set in pages.Select(p => p.Set).Distinct())
        {
            foreach (var line in File.ReadLines(Path.Combine(predictions, set + ".jsonl")))
            {
                using var json = JsonDocument.Parse(line);
                texts[(set, json.RootElement.GetProperty("id").GetString()!)] = json.RootElement.GetProperty("text").GetString() ?? "";
            }
        }

        var scored = pages.Where(p => p.Text is { Length: > 0 }).ToArray();
        var leaks = scored.SelectMany(p => check.Find(texts.GetValueOrDefault((p.Set, p.Id), ""), p.Text!).Select(l => (p.Set, p.Id, l.Kind, l.Line))).ToArray();
        foreach (var kind in check._cues.Keys)
        {
            var share = 100.0 * leaks.Where(l => l.Kind == kind).Select(l => l.Id).Distinct().Count() / scored.Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-12} {share:0.00} % of {scored.Length} pages"));
        }

        foreach (var leak in leaks)
            Console.WriteLine($"    {leak.Kind} {leak.Set}/{leak.Id[..Math.Min(12, leak.Id.Length)]} {leak.Line}");
    }
}
