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

    /// <summary>Why the page must not be parsed; null when it may be.</summary>
    /// <param name="html">The page.</param>
    /// <param name="lean">Takes the page without what nobody reads; null when that is not wanted.</param>
    public static string? Refuse(ReadOnlySpan<char> html, LeanHtml? lean = null)
    {
        int at = 0, starts = 0, attributes = 0, depth = 0, open = 0, graphics = 0;
        long elements = 0;
        var content = new RawContent(lean);
        var formatting = new OpenFormatting();
        var (isAtStart, isInHead) = (false, true);
        while (true)
        {
            var (gap, isBehindStart) = (at, isAtStart);
            isAtStart = false;

            // Most tags stand side by side or behind white space.
            at = HtmlTags.SkipBlanks(html, at);
            var isBlank = at > gap;
            if (at < html.Length && html[at] != '<')
            {
                isBlank = false;
                at = html[at..].IndexOf('<') is var next and >= 0 ? at + next : html.Length;
            }

            var isBare = isBlank || at == gap;
            isInHead &= isBare;
            if (++at >= html.Length)
                return null;

            var closes = html[at] == '/';
            var from = closes ? at + 1 : at;
            if (from >= html.Length)
                return null;

            if (!char.IsAsciiLetter(html[from]))
            {
                isInHead &= html[at] == '!';
                if (closes || html[at] is '!' or '?')
                {
                    if (isBlank && formatting.IsNone && !content.InSelect && (isBehindStart || isInHead))
                        lean?.Cut(gap, at - 1);
                    isAtStart = isBehindStart && isBare;
                    at = content.Declaration(html, at);
                }

                continue;
            }

            var tag = HtmlTag.Read(html, from, out var end);
            var name = html[from..end];
            var role = tag.Role;
            isInHead = isInHead && tag.IsOfHead && !(closes && name is "html");

            // White space at a block's start or before it is shown by nobody, nor is any in the head; but to the parser it is text, in which it opens
            // formatting again.
            if (isBlank && formatting.IsNone && !content.InSelect && (isBehindStart || isInHead || (!closes && tag.IsBlock)))
                lean?.Cut(gap, at - 1);

            if (closes)
            {
                at = HtmlTags.AttributesEnd(html, end, null, TagUse.Whole, out _, out _);
                graphics -= graphics > 0 && tag.Id == TagId.Svg ? 1 : 0;
                depth -= depth > 0 && role is not (TagRole.Void or TagRole.Raw or TagRole.Script or TagRole.Style) ? 1 : 0;
                if (role is TagRole.Formatting or TagRole.Link)
                {
                    open -= open > 0 ? 1 : 0;
                    // In a list of options it ends nothing.
                    if (!content.InSelect)
                        formatting.Close(tag.Id, depth);
                }

                content.Close(name, tag.Id, from - 2);
                continue;
            }

            // What is left out behind the head would change by how many elements texts stand apart.
            at = HtmlTags.AttributesEnd(
                html, end, role == TagRole.Formatting ? null : lean, tag.Use == TagUse.Link && !isInHead ? TagUse.Whole : tag.Use, out var own,
                out var isClosed);
            attributes += own;
            starts++;
            elements += 1 + (role == TagRole.Void ? 0 : open);
            if (role is TagRole.Formatting or TagRole.Link)
            {
                open++;
                formatting.Open(tag.Id, depth);
            }
            else
            {
                formatting.Pass(tag.Id);
            }

            // A drawing's shapes end with "/>"; what is of HTML ends the drawing for the parser, and there "/>" ends nothing.
            if (tag.Id == TagId.Svg)
                graphics += isClosed ? 0 : 1;
            else if (graphics > 0 && !HtmlTags.IsGraphic(name))
                graphics = 0;
            if (role is TagRole.Formatting or TagRole.Link or TagRole.Plain && !(isClosed && (graphics > 0 || tag.Id == TagId.Svg)))
                depth++;

            if (Check(starts, attributes, own, depth, elements) is { } reason)
                return reason;

            at = content.Open(html, name, tag, end, at, isClosed);
            isAtStart = role is TagRole.Plain or TagRole.SelfClosing && tag.IsBlock;
        }
    }

    private static string? Check(int starts, int attributes, int own, int depth, long elements) =>
        starts > MaxStartTags ? $"over {MaxStartTags} start tags"
        : attributes > MaxAttributes || own > MaxAttributesOfOne ? $"over {MaxAttributes} attributes, or {MaxAttributesOfOne} of one element"
        : depth > MaxDepth ? $"elements nested over {MaxDepth} deep"
        : elements > MaxElements ? $"over {MaxElements} elements with those reopened"
        : null;
}
