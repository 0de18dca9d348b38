using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>
/// Cuts entries out of a feed's document and leaves every other byte. Whether that was right is seen by reading what is left: it must be the other entries and
/// nothing else.
/// </summary>
internal static class FeedRedactor
{
    private const int MostUnpacked = 64 << 20;
    private const string Nothing = "urn:forgotten";

    /// <summary>The document without the entries; null where they cannot be cut out for sure.</summary>
    /// <param name="body">The document, content encodings removed.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="entries">Its entries as they were read.</param>
    /// <param name="doomed">The places of those that shall go; one at least.</param>
    public static byte[]? Without(ReadOnlyMemory<byte> body, FeedSource source, IReadOnlyList<FeedEntry> entries, IReadOnlySet<int> doomed)
    {
        if (body.Span is [0x1F, 0x8B, ..])
        {
            body = Gzip.Unpack(body, MostUnpacked, out var complete);
            if (!complete)
                return null;
        }

        // A byte is a character here: what is not cut comes back as it was, in whatever charset contains ASCII.
        var text = Encoding.Latin1.GetString(body.Span);
        var left = text.AsSpan().TrimStart(" \t\r\n\uFEFF\u00EF\u00BB\u00BF") is ['{' or '[', ..]
            ? Json(body, entries.Count, doomed)
            : Xml(text, entries.Count, doomed) ?? Lines(text, entries.Count, doomed);
        if (left is null)
            return null;
        left = Unnamed(left, [.. doomed.Select(i => entries[i])]);
        var now = new FeedReader().Read(left, source).Entries;
        var kept = entries.Where((_, i) => !doomed.Contains(i)).ToList();
        return now.Count == kept.Count && now.Zip(kept).All(p => Same(p.First, p.Second)) ? left : null;
    }

    private static bool Same(FeedEntry one, FeedEntry other) =>
        one.Id == other.Id && one.Published == other.Published && one.Authors.SequenceEqual(other.Authors)
        && EntryRules.Hash(
            one.Title, one.Link, one.Updated?.ToString("O"), one.Content,
            one.Summary) == EntryRules.Hash(other.Title, other.Link, other.Updated?.ToString("O"), other.Content, other.Summary);

    private static byte[]? Xml(string text, int count, IReadOnlySet<int> doomed)
    {
        var elements = EntryElements.Find(text);
        return elements.Count == count ? Cut(text, elements, doomed) : null;
    }

    // A sitemap of plain lines.
    private static byte[]? Lines(string text, int count, IReadOnlySet<int> doomed)
    {
        var lines = new List<(int Start, int End)>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            if (!string.IsNullOrWhiteSpace(text[start..end]))
                lines.Add((start, end));
            start = end;
        }

        return lines.Count == count ? Cut(text, lines, doomed) : null;
    }

    private static byte[] Cut(string text, List<(int Start, int End)> parts, IReadOnlySet<int> doomed)
    {
        var left = new StringBuilder(text.Length);
        var from = 0;
        foreach (var (start, end) in parts.Where((_, i) => doomed.Contains(i)))
        {
            left.Append(text, from, start - from);
            from = end;
        }

        return Encoding.Latin1.GetBytes(left.Append(text, from, text.Length - from).ToString());
    }

    private static byte[]? Json(ReadOnlyMemory<byte> body, int count, IReadOnlySet<int> doomed)
    {
        try
        {
            var utf8 = body.Span is [0xEF, 0xBB, 0xBF, ..] ? body[3..] : body;
            var root = JsonNode.Parse(utf8.Span);
            var items = root as JsonArray ?? (root as JsonObject)?.Select(p => p.Value).OfType<JsonArray>().FirstOrDefault(a => a.Count == count);
            if (items?.Count != count)
                return null;
            foreach (var index in doomed.OrderDescending())
                items.RemoveAt(index);
            return Encoding.UTF8.GetBytes(root!.ToJsonString());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // RDF lists its items' addresses once more.
    private static byte[] Unnamed(byte[] left, IReadOnlyList<FeedEntry> gone)
    {
        var text = Encoding.Latin1.GetString(left);
        foreach (var name in gone.SelectMany(e => new[] { e.Link?.Trim(), e.Id?.Trim() }).OfType<string>().Where(n => n.Length > 8))
        {
            foreach (var written in new[] { name, name.Replace("&", "&amp;", StringComparison.Ordinal) }.Select(n => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(n))))
                text = text.Replace('"' + written + '"', '"' + Nothing + '"', StringComparison.Ordinal);
        }

        return Encoding.Latin1.GetBytes(text);
    }
}
