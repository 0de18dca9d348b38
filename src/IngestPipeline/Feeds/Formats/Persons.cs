using System.Net;
using System.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>Takes names out of the ways that feeds write persons.</summary>
internal static class Persons
{
    /// <summary>The name of "mail@example.com (Name)" or "Name &lt;mail@example.com&gt;", else the text itself; nothing for an empty one.</summary>
    public static IReadOnlyList<string> Names(string? text)
    {
        var trimmed = Plain(text ?? "").Trim();
        if (trimmed.Length == 0)
            return [];
        return [Split(trimmed, '(', ')') ?? Split(trimmed, '<', '>') ?? trimmed];
    }

    /// <summary>The text without the tags and references that some put into it; an address in angle brackets is not a tag.</summary>
    private static string Plain(string text)
    {
        if (text.Contains("</", StringComparison.Ordinal))
        {
            var plain = new StringBuilder(text.Length);
            var rest = text.AsSpan();
            while (rest.IndexOf('<') is >= 0 and var open && rest[open..].IndexOf('>') is > 0 and var length)
            {
                plain.Append(rest[..open]);
                rest = rest[(open + length + 1)..];
            }
            text = plain.Append(rest).ToString();
        }
        return text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;
    }

    private static string? Split(string text, char open, char close)
    {
        var start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0 || !text.EndsWith(close))
            return null;
        var outside = text[..start].Trim();
        var inside = text[(start + 1)..^1].Trim();
        // One of the two is an address, the other the name; "Jane Roe (Springfield)" is neither.
        if (IsMail(outside) && inside.Length > 0)
            return inside;
        return IsMail(inside) && outside.Length > 0 ? outside.Trim('"') : null;
    }

    private static bool IsMail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && !text.AsSpan().ContainsAny(" \t\n");
    }
}
