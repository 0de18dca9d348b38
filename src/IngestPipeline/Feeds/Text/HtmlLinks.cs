using System.Text;

namespace IngestPipeline.Feeds.Text;

/// <summary>Makes the addresses in HTML absolute by one linear scan; nothing else in the text changes, and no tree is built.</summary>
internal static class HtmlLinks
{
    /// <summary>Whether an attribute of HTML holds an address (https://html.spec.whatwg.org/multipage/indices.html#attributes-3, and older ones).</summary>
    public static bool IsAddress(ReadOnlySpan<char> attribute) => attribute.Length switch
    {
        3 => Is(attribute, "src"),
        4 => Is(attribute, "href") || Is(attribute, "cite") || Is(attribute, "data"),
        6 => Is(attribute, "action") || Is(attribute, "poster") || Is(attribute, "usemap"),
        7 => Is(attribute, "classid") || Is(attribute, "profile"),
        8 => Is(attribute, "longdesc") || Is(attribute, "codebase"),
        10 => Is(attribute, "background") || Is(attribute, "formaction"),
        _ => false,
    };

    /// <summary>The same HTML with its relative addresses resolved against a base.</summary>
    public static string Resolve(string html, string? baseUri)
    {
        if (baseUri is null || !html.Contains('<', StringComparison.Ordinal) || !html.Contains('=', StringComparison.Ordinal))
            return html;
        StringBuilder? output = null;
        var copied = 0;
        for (var i = 0; i < html.Length;)
        {
            i = html.IndexOf('<', i);
            if (i < 0)
                break;
            if (html.AsSpan(i).StartsWith("<!--"))
            {
                var end = html.IndexOf("-->", i + 4, StringComparison.Ordinal);
                // An open comment hides all that follows.
                i = end < 0 ? html.Length : end + 3;
                continue;
            }
            i++;
            if (i < html.Length && char.IsAsciiLetter(html[i]))
                i = ResolveTag(html, i, baseUri, ref output, ref copied);
        }
        return output is null ? html : output.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Resolves one absolute or relative address as it stands in HTML, references not resolved.</summary>
    public static string ResolveAddress(string address, string baseUri)
    {
        var trimmed = address.Trim();
        // A fragment is a place in the same text, not another page.
        return trimmed.Length == 0 || UriReference.IsAbsolute(trimmed) ? address : UriReference.Resolve(baseUri, trimmed);
    }

    private static int ResolveTag(string html, int i, string baseUri, ref StringBuilder? output, ref int copied)
    {
        while (i < html.Length && !char.IsWhiteSpace(html[i]) && html[i] is not ('>' or '/'))
            i++;
        while (i < html.Length && html[i] != '>')
        {
            if (char.IsWhiteSpace(html[i]) || html[i] is '/' or '"' or '\'' or '=')
            {
                i++;
                continue;
            }
            var name = i;
            while (i < html.Length && !char.IsWhiteSpace(html[i]) && html[i] is not ('=' or '>' or '/' or '"' or '\''))
                i++;
            var nameEnd = i;
            while (i < html.Length && char.IsWhiteSpace(html[i]))
                i++;
            if (i >= html.Length || html[i] != '=')
                continue;
            i++;
            while (i < html.Length && char.IsWhiteSpace(html[i]))
                i++;
            var (start, end, next) = Value(html, i);
            i = next;
            if (IsAddress(html.AsSpan(name, nameEnd - name)) && end > start)
            {
                var address = html[start..end];
                var absolute = ResolveAddress(address, baseUri);
                if (!ReferenceEquals(address, absolute) && address != absolute)
                {
                    output ??= new StringBuilder(html.Length + 256);
                    output.Append(html, copied, start - copied).Append(absolute);
                    copied = end;
                }
            }
        }
        return i;
    }

    private static (int Start, int End, int Next) Value(string html, int i)
    {
        if (i < html.Length && html[i] is '"' or '\'')
        {
            var close = html.IndexOf(html[i], i + 1);
            return close < 0 ? (i, i, html.Length) : (i + 1, close, close + 1);
        }
        var start = i;
        while (i < html.Length && !char.IsWhiteSpace(html[i]) && html[i] != '>')
            i++;
        return (start, i, i);
    }

    private static bool Is(ReadOnlySpan<char> name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
