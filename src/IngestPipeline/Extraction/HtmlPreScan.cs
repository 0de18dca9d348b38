namespace IngestPipeline.Extraction;

/// <summary>
/// Reads a page's tags once, before parsing, and refuses what an HTML parser cannot build in bounded time and memory: deep nesting,
/// formatting elements that are reopened in every paragraph, too many elements or attributes. A count and not a clock decides, so that
/// a replay decides the same.
/// </summary>
internal static class HtmlPreScan
{
    /// <summary>Most open elements at once.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Most start tags: what stays below a quarter of a gigabyte through all of extraction. Pages of 5 MB have a tenth of it.</summary>
    public const int MaxStartTags = 80_000;

    /// <summary>Most attributes.</summary>
    public const int MaxAttributes = 200_000;

    /// <summary>Most attributes of one element; a parser compares each with those before it.</summary>
    public const int MaxAttributesOfOne = 2_000;

    /// <summary>Most elements that the parser would build, with formatting elements that it opens again.</summary>
    public const int MaxElements = 600_000;

    private const int MaxKnownName = 8;

    // Sets of characters below 64, a bit each.
    private const ulong Blanks = (1UL << ' ') | (1UL << '\t') | (1UL << '\r') | (1UL << '\n') | (1UL << '\f');
    private const ulong TagNameEnds = Blanks | (1UL << '/') | (1UL << '>');
    private const ulong AttributeNameEnds = TagNameEnds | (1UL << '=');

    // By the names' letters, eight bits each.
    private static readonly HashedTable<TagRole> Roles = new(
    [
        .. Named(TagRole.Formatting, "a b i u s em tt big code font nobr small strike strong"),
        .. Named(TagRole.Void, "br img hr input meta link source area base col embed param track wbr"),
        .. Named(TagRole.SelfClosing, "p li dt dd tr td th option optgroup tbody thead tfoot colgroup rp rt html head body"),
        .. Named(TagRole.Raw, "script style textarea title xmp iframe noembed noframes"),
    ]);

    /// <summary>Why the page must not be parsed; null when it may be.</summary>
    public static string? Refuse(ReadOnlySpan<char> html)
    {
        int starts = 0, attributes = 0, depth = 0, open = 0, graphics = 0;
        long elements = 0;
        while (true)
        {
            var at = html.IndexOf('<');
            if (at < 0 || at + 1 >= html.Length)
                return null;

            html = html[(at + 1)..];
            var first = html[0];
            if (first == '!')
            {
                html = SkipComment(html);
                continue;
            }

            var closes = first == '/';
            var name = html[(closes ? 1 : 0)..];
            if (name.IsEmpty || !char.IsAsciiLetter(name[0]))
                continue;

            var end = 1;
            while (end < name.Length && !IsIn(TagNameEnds, name[end]))
                end++;
            name = name[..end];
            html = html[(name.Length + (closes ? 1 : 0))..];
            var kind = Kind(name);
            if (closes)
            {
                graphics -= graphics > 0 && name is "svg" ? 1 : 0;
                depth -= depth > 0 && kind != TagRole.Void ? 1 : 0;
                open -= open > 0 && kind == TagRole.Formatting ? 1 : 0;
                continue;
            }

            var rest = SkipAttributes(html, out var own);
            var isClosed = html.Length - rest.Length >= 2 && html[html.Length - rest.Length - 2] == '/';
            html = rest;
            attributes += own;
            starts++;
            elements += 1 + (kind == TagRole.Void ? 0 : open);
            if (kind == TagRole.Formatting)
                open++;
            // A drawing's shapes end with "/>"; what is of HTML ends the drawing for the parser, and there "/>" ends nothing.
            if (name is "svg")
                graphics += isClosed ? 0 : 1;
            else if (graphics > 0 && !IsGraphic(name))
                graphics = 0;
            if (kind is TagRole.Formatting or TagRole.Plain && !(isClosed && (graphics > 0 || name is "svg")))
                depth++;

            if (Check(starts, attributes, own, depth, elements) is { } reason)
                return reason;

            if (kind == TagRole.Raw)
                html = SkipRaw(html, name);
        }
    }

    private static string? Check(int starts, int attributes, int own, int depth, long elements) =>
        starts > MaxStartTags ? $"over {MaxStartTags} start tags"
        : attributes > MaxAttributes || own > MaxAttributesOfOne ? $"over {MaxAttributes} attributes, or {MaxAttributesOfOne} of one element"
        : depth > MaxDepth ? $"elements nested over {MaxDepth} deep"
        : elements > MaxElements ? $"over {MaxElements} elements with those reopened"
        : null;

    private static ReadOnlySpan<char> SkipComment(ReadOnlySpan<char> html)
    {
        if (!html.StartsWith("!--"))
            return html;

        var end = html[3..].IndexOf("-->");
        return end < 0 ? html[3..] : html[(3 + end + 3)..];
    }

    /// <summary>Skips to behind the tag's end and counts names followed by a value or by nothing.</summary>
    private static ReadOnlySpan<char> SkipAttributes(ReadOnlySpan<char> html, out int count)
    {
        count = 0;
        var i = 0;
        while (i < html.Length)
        {
            var c = html[i];
            if (c == '>')
                return html[(i + 1)..];

            if (c == '/' || IsIn(Blanks, c))
            {
                i++;
                continue;
            }

            // A name up to '=', then a quoted or bare value.
            count++;
            while (i < html.Length && !IsIn(AttributeNameEnds, html[i]))
                i++;
            while (i < html.Length && IsIn(Blanks, html[i]))
                i++;
            if (i >= html.Length || html[i] != '=')
                continue;

            i++;
            while (i < html.Length && IsIn(Blanks, html[i]))
                i++;
            if (i < html.Length && html[i] is '"' or '\'')
            {
                var close = html[(i + 1)..].IndexOf(html[i]);
                if (close < 0)
                    return [];
                i += close + 2;
            }
            else
            {
                while (i < html.Length && html[i] != '>' && !IsIn(Blanks, html[i]))
                    i++;
            }
        }

        return [];
    }

    private static bool IsIn(ulong set, char c) => c < 64 && ((set >> c) & 1) != 0;

    private static ReadOnlySpan<char> SkipRaw(ReadOnlySpan<char> html, ReadOnlySpan<char> name)
    {
        var rest = html;
        while (true)
        {
            var at = rest.IndexOf("</");
            if (at < 0)
                return [];

            rest = rest[(at + 2)..];
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return rest;
        }
    }

    private static bool IsGraphic(ReadOnlySpan<char> name) => name is "path" or "g" or "rect" or "circle" or "ellipse" or "line" or "polygon" or "polyline" or "use" or "stop"
        or "defs" or "symbol" or "image" or "title" or "desc" or "text" or "tspan" or "mask" or "clipPath" or "linearGradient" or "radialGradient" or "style";

    private static TagRole Kind(ReadOnlySpan<char> name) => name.Length <= MaxKnownName ? Roles[Pack(name)] : TagRole.Plain;

    private static IEnumerable<KeyValuePair<ulong, TagRole>> Named(TagRole role, string names) => names.Split(' ').Select(n => KeyValuePair.Create(Pack(n), role));

    /// <summary>A name of at most eight letters in lower case as one number; 0 for one with letters beyond ASCII.</summary>
    private static ulong Pack(ReadOnlySpan<char> name)
    {
        var packed = 0UL;
        foreach (var c in name)
        {
            if (!char.IsAscii(c))
                return 0;
            packed = (packed << 8) | (uint)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c);
        }

        return packed;
    }

    private enum TagRole
    {
        Plain,
        Formatting,
        Void,
        SelfClosing,
        Raw,
    }
}
