using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>Reads the tags of HTML's text as a tokenizer does (HTML Living Standard, 13.2.5), without building anything.</summary>
internal static class HtmlTags
{
    // Sets of characters below 64, a bit each.
    private const ulong Blanks = (1UL << ' ') | (1UL << '\t') | (1UL << '\r') | (1UL << '\n') | (1UL << '\f');
    private const ulong TagNameEnds = Blanks | (1UL << '/') | (1UL << '>');
    private const ulong AttributeNameEnds = TagNameEnds | (1UL << '=');

    /// <summary>The number of the element that holds an SVG drawing, among <see cref="Graphic"/>'s.</summary>
    public const byte Svg = 31;

    /// <summary>True for the names that an SVG drawing is made of.</summary>
    public static bool IsGraphic(ReadOnlySpan<char> name) => Graphic(name) != 0;

    /// <summary>A number for each name that an SVG drawing is made of, below <see cref="Svg"/>; 0 for any other.</summary>
    public static byte Graphic(ReadOnlySpan<char> name) => name switch
    {
        "path" => 1,
        "g" => 2,
        "rect" => 3,
        "circle" => 4,
        "ellipse" => 5,
        "line" => 6,
        "polygon" => 7,
        "polyline" => 8,
        "use" => 9,
        "stop" => 10,
        "defs" => 11,
        "symbol" => 12,
        "image" => 13,
        "title" => 14,
        "desc" => 15,
        "text" => 16,
        "tspan" => 17,
        "mask" => 18,
        "clipPath" => 19,
        "linearGradient" => 20,
        "radialGradient" => 21,
        "style" => 22,
        _ => 0,
    };

    /// <summary>True for a character that ends a tag's name.</summary>
    public static bool EndsName(char c) => IsIn(TagNameEnds, c);

    /// <summary>
    /// The place behind a comment, a document type or what passes for one; -1 when it has no end. <paramref name="at"/> is its second character.
    /// </summary>
    public static int DeclarationEnd(ReadOnlySpan<char> html, int at)
    {
        if (!html[at..].StartsWith("!--"))
            return html[at..].IndexOf('>') is var close and >= 0 ? at + close + 1 : -1;

        // "<!-->" is a whole comment, and "--!>" ends one too.
        for (var from = at + 1; ; from++)
        {
            var dashes = html[from..].IndexOf("--");
            if (dashes < 0)
                return -1;

            from += dashes;
            if (html[(from + 2)..] is ['>', ..])
                return from + 3;
            if (html[(from + 2)..] is ['!', '>', ..] && from > at + 2)
                return from + 4;
        }
    }

    /// <summary>Where the end tag of an element stands whose content is text; -1 when there is none.</summary>
    public static int RawEnd(ReadOnlySpan<char> html, int at, ReadOnlySpan<char> name)
    {
        while (true)
        {
            var next = html[at..].IndexOf("</");
            if (next < 0)
                return -1;

            at += next + 2;
            var rest = html[at..];
            if (rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (rest.Length == name.Length || IsIn(TagNameEnds, rest[name.Length])))
                return at - 2;
        }
    }

    /// <summary>The place behind the tag's end, and the number of its attributes.</summary>
    /// <param name="html">The page.</param>
    /// <param name="at">Where the tag's name ends.</param>
    /// <param name="lean">Leaves out attributes that nobody reads; null to leave out none.</param>
    /// <param name="use">Whose attributes they are.</param>
    /// <param name="count">How many attributes there are.</param>
    /// <param name="isClosed">True when the tag ends with <c>/></c>.</param>
    public static int AttributesEnd(ReadOnlySpan<char> html, int at, LeanHtml? lean, TagUse use, out int count, out bool isClosed)
    {
        count = 0;
        isClosed = false;
        var (start, before) = (at, lean?.State ?? default);
        var kept = new KeptAttributes(use);

        // Where what stays ends, unless a slash stands behind it; where what is left out behind that starts and ends.
        var (edge, cut, cutEnd) = (at, -1, 0);
        while (at < html.Length)
        {
            var c = html[at];
            if (c == '>')
                break;

            isClosed = c == '/';
            if (isClosed || IsIn(Blanks, c))
            {
                edge = isClosed && cut < 0 ? -1 : edge;
                at++;
                continue;
            }

            // A name up to '=', then a quoted or bare value. An equals sign at the start is a part of the name.
            count++;
            var from = at;
            do
                at++;
            while (at < html.Length && !IsIn(AttributeNameEnds, html[at]));
            var nameEnd = at;
            at = ValueEnd(html, at);
            if (lean is null)
                continue;

            if (!kept.Keeps(html[from..nameEnd], html[nameEnd..at]))
            {
                cut = cut < 0 ? from : cut;
                cutEnd = at;
            }
            else
            {
                if (cut >= 0)
                    lean.CutAttributes(cut, from);
                (edge, cut) = (at, -1);
            }
        }

        // Blanks before the tag's end go too; but a slash that closes the tag would become a part of a bare value before it.
        if (lean is not null && edge >= 0 && at < html.Length && (!isClosed || edge == start))
            lean.Cut(edge, isClosed ? at - 1 : at);
        else if (cut >= 0)
            lean!.CutAttributes(cut, cutEnd);
        at = Math.Min(at + 1, html.Length);
        if (!kept.LacksValue && !kept.IsUnread)
            return at;

        lean!.GoBack(before);
        if (kept.IsUnread)
        {
            lean.Cut(start - "<link".Length, at);
            return at;
        }

        return AttributesEnd(html, start, lean, TagUse.Whole, out count, out isClosed);
    }

    /// <summary>The value in what stands behind an attribute's name, with its references as they are written.</summary>
    public static ReadOnlySpan<char> Value(ReadOnlySpan<char> assigned)
    {
        var at = SkipBlanks(assigned, 0);
        if (at >= assigned.Length)
            return [];

        var value = assigned[SkipBlanks(assigned, at + 1)..];
        return value is ['"' or '\'', ..] ? value[1..].TrimEnd(value[0]) : value;
    }

    private static int ValueEnd(ReadOnlySpan<char> html, int nameEnd)
    {
        var at = SkipBlanks(html, nameEnd);
        if (at >= html.Length || html[at] != '=')
            return nameEnd;

        at = SkipBlanks(html, at + 1);
        if (at < html.Length && html[at] is '"' or '\'')
        {
            var close = html[(at + 1)..].IndexOf(html[at]);
            return close < 0 ? html.Length : at + close + 2;
        }

        while (at < html.Length && html[at] != '>' && !IsIn(Blanks, html[at]))
            at++;
        return at;
    }

    /// <summary>The first place from one on where no blank and no line end stands.</summary>
    public static int SkipBlanks(ReadOnlySpan<char> html, int at)
    {
        while (at < html.Length && IsIn(Blanks, html[at]))
            at++;
        return at;
    }

    private static bool IsIn(ulong set, char c) => c < 64 && ((set >> c) & 1) != 0;
}
