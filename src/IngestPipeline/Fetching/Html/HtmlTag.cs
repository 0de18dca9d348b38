using System.Net;
using System.Text;

namespace IngestPipeline.Fetching.Html;

/// <summary>A start tag's name and attributes, or an end tag's name with its slash: for the few facts that are read without building a page's tree.</summary>
internal sealed class HtmlTag(string name)
{
    private readonly List<(string Name, string Value)> _attributes = [];

    public string Name { get; } = name;

    public string? this[string attribute]
    {
        get
        {
            foreach (var (key, value) in _attributes)
            {
                if (key == attribute)
                    return value;
            }

            return null;
        }
    }

    /// <summary>Reads the start tags (and end tags, as <c>/name</c>) of a document in one linear pass; comments, scripts and styles are passed over.</summary>
    /// <param name="bytes">The document; names and addresses in it are ASCII in practice, so that its encoding does not matter.</param>
    /// <param name="most">The most tags that are read.</param>
    public static List<HtmlTag> Read(ReadOnlySpan<byte> bytes, int most)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var tags = new List<HtmlTag>();
        var unclosed = false;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && tags.Count < most; at = Next(text, at))
        {
            if (text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = text.IndexOf("-->", at, StringComparison.Ordinal);
                if (end < 0)
                    break;
                at = end;
                continue;
            }

            var tag = Read(text, at, out var after);
            if (tag is null)
                continue;
            tags.Add(tag);
            at = after - 1;
            if (unclosed || tag.Name is not ("script" or "style"))
                continue;
            // Looked for in vain once, an end is not looked for again: the pass stays linear.
            var close = text.IndexOf("</" + tag.Name, after, StringComparison.OrdinalIgnoreCase);
            unclosed = close < 0;
            at = unclosed ? at : close;
        }

        return tags;
    }

    private static int Next(string text, int at) => at + 1 < text.Length ? text.IndexOf('<', at + 1) : -1;

    private static HtmlTag? Read(string text, int start, out int after)
    {
        var at = start + 1;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '<') && (text[at] != '/' || at == start + 1))
            at++;
        after = at;
        if (at == start + 1)
            return null;

        var tag = new HtmlTag(text[(start + 1)..at].ToLowerInvariant());
        while (at < text.Length && text[at] is not ('>' or '<'))
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is '/' or '=')
            {
                at++;
                continue;
            }

            var name = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '<'))
                at++;
            var key = text[name..at].ToLowerInvariant();
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at < text.Length && text[at] == '=')
                tag._attributes.Add((key, WebUtility.HtmlDecode(Value(text, ref at))));
        }

        after = at;
        return tag;
    }

    private static string Value(string text, ref int at)
    {
        at++;
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        if (at >= text.Length)
            return "";

        var quote = text[at];
        var start = quote is '"' or '\'' ? at + 1 : at;
        var end = start;
        while (end < text.Length && (quote is '"' or '\'' ? text[end] != quote : !char.IsWhiteSpace(text[end]) && text[end] != '>'))
            end++;
        at = quote is '"' or '\'' ? Math.Min(end + 1, text.Length) : end;
        return text[start..end];
    }
}
