using System.Collections.Concurrent;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary>What other rules, or another block model, would change: page by page, and in sum by rule.</summary>
internal sealed class ExtractDiff
{
    private readonly ConcurrentDictionary<string, int> _removes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _keeps = new(StringComparer.Ordinal);
    private int _pages;
    private int _changed;

    /// <summary>One page's line; null when nothing changes on it.</summary>
    public byte[]? Compare(string id, ExtractedArticle before, ExtractedArticle after)
    {
        Interlocked.Increment(ref _pages);
        var removed = Missing(before, after);
        var kept = Missing(after, before);
        if (removed.Count + kept.Count == 0 && before.Text == after.Text)
            return null;

        Interlocked.Increment(ref _changed);
        return JsonLine.Write(json =>
        {
            json.WriteString("id", id);
            Write(json, "removed", removed, after, _removes);
            Write(json, "kept", kept, before, _keeps);
        });
    }

    /// <summary>The sum over all pages, for people.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine($"{_changed} of {_pages} pages would change.");
        Print(output, "removes", _removes);
        Print(output, "no longer removes", _keeps);
    }

    private static void Print(TextWriter output, string what, ConcurrentDictionary<string, int> rules)
    {
        foreach (var (rule, count) in rules.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal))
            output.WriteLine($"  {ControlText.Clean(rule)} {what} {count} {(count == 1 ? "block" : "blocks")}");
    }

    private static void Write(Utf8JsonWriter json, string name, List<string> texts, ExtractedArticle where, ConcurrentDictionary<string, int> sums)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            // A block that became a caption or a note is beside the text, and no rule is named for it there.
            var rule = where.Removed.FirstOrDefault(r => r.Text == text)?.Rule
                ?? where.Removed.FirstOrDefault(r => r.Text.Length > 0 && text.Contains(r.Text, StringComparison.Ordinal))?.Rule ?? "another place";
            sums.AddOrUpdate(rule, 1, (_, sum) => sum + 1);
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteString("rule", rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The blocks of the first text that the second one does not have, in order.</summary>
    private static List<string> Missing(ExtractedArticle first, ExtractedArticle second)
    {
        var left =
            second.Blocks.Where(b => b.InText).GroupBy(b => b.Text, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var text in first.Blocks.Where(b => b.InText).Select(b => b.Text))
        {
            if (left.GetValueOrDefault(text) > 0)
                left[text]--;
            else
                missing.Add(text);
        }

        return missing;
    }
}
