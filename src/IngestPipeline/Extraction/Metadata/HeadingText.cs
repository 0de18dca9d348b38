using System.Buffers;
using System.Text;
using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// The text of a heading as a reader sees it: without parts for screen readers, and without a kicker in an element of its own. One reads a page's headings one
/// after the other.
/// </summary>
internal sealed class HeadingText
{
    private const int MaxDepth = 8;
    private const int MaxNodes = 200;
    private const int ShortestRest = 10;

    // Most headings are shorter.
    private const int Usual = 200;

    // What sites call text that is there for machines and screen readers only.
    private static readonly SearchValues<string> Hidden = SearchValues.Create(
        ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "screenreader", "invisible", "aural", "hidden-text", "offscreen"],
        StringComparison.OrdinalIgnoreCase);

    // What sites call the short line above a headline that stands inside its element.
    private static readonly SearchValues<string> Kicker = SearchValues.Create(
        [
            "kicker", "overline", "roofline", "topline", "dachzeile", "eyebrow", "topic", "supertitle", "pretitle", "pre-title", "tagline", "label", "small",
            "rubric", "rubrik", "category", "strapline",
            "antetitulo", "occhiello", "surtitre", "chapeau", "h4", "h5", "h6",
        ],
        StringComparison.OrdinalIgnoreCase);

    private readonly StringBuilder _whole = new(Usual);
    private readonly StringBuilder _bare = new(Usual);

    /// <summary>The heading's text as one line, cut at <paramref name="max"/> characters.</summary>
    public string Of(TreeElement heading, int max)
    {
        if (heading.OnlyText is not null)
            return NodeText.Line(heading, max);

        var (whole, bare) = (_whole.Clear(), _bare.Clear());
        var nodes = 0;
        var isJoined = false;
        Append(heading, isKicker: false, MaxDepth, max, ref nodes, ref isJoined, whole, bare);

        // A kicker that a colon joins to the headline, seen or read out, is a part of it.
        var rest = HtmlFragment.Fold(bare.ToString()).TrimEnd(':', ' ');
        var isBare = !isJoined && rest.Length >= ShortestRest && rest[0] != ':' && rest.Contains(' ', StringComparison.Ordinal);
        return NodeText.Cut(
            isBare ? rest : HtmlFragment.Fold(whole.ToString()).Replace(" : ", whole.Length > bare.Length ? ": " : " : ", StringComparison.Ordinal), max);
    }

    private static void Append(TreeElement parent, bool isKicker, int depth, int max, ref int nodes, ref bool isJoined, StringBuilder whole, StringBuilder bare)
    {
        foreach (var child in parent.Children)
        {
            if (++nodes > MaxNodes || whole.Length > 4 * max)
                return;

            if (child is TreeText text)
            {
                whole.Append(text.Span);
                if (!isKicker)
                    bare.Append(text.Span);
            }
            else if (child is TreeElement element
                && depth > 0
                && element.LocalName is not ("script" or "style" or "noscript" or "template" or "svg" or "rt" or "rp" or "img" or "input"))
            {
                var names = element.GetAttribute("class");
                if (names is not null && names.AsSpan().ContainsAny(Hidden))
                {
                    if (IsColon(element))
                    {
                        whole.Append(": ");
                        bare.Append(": ");
                    }

                    continue;
                }

                // A line's end and a block's edge part words; so does the edge of a kicker.
                var isBlock = element.IsBlock || element.LocalName is "br" or "small";
                var isInner =
                    isKicker || element.LocalName is "small" or "button" || IsTool(element) || (names is not null && names.AsSpan().ContainsAny(Kicker));
                Break(isBlock || isInner != isKicker, whole, bare);
                Append(element, isInner, depth - 1, max, ref nodes, ref isJoined, whole, bare);
                isJoined |= isInner && !isKicker && EndsInColon(whole);
                Break(isBlock || isInner != isKicker, whole, bare);
            }
        }
    }

    // A link that leads nowhere is a button: "Add to ..."
    private static bool IsTool(TreeElement element) =>
        element.LocalName == "a" && element.GetAttribute("href") is "#" or "javascript:void(0)" or "javascript:void(0);" or "javascript:;";

    private static bool IsColon(TreeElement element) =>
        element.OnlyText is { Span.Length: <= 4 } text && text.Span.Trim() is ":";

    private static bool EndsInColon(StringBuilder text)
    {
        var end = text.Length - 1;
        while (end >= 0 && char.IsWhiteSpace(text[end]))
            end--;
        return end >= 0 && text[end] == ':';
    }

    private static void Break(bool isEdge, StringBuilder whole, StringBuilder bare)
    {
        if (!isEdge)
            return;
        whole.Append(' ');
        bare.Append(' ');
    }
}
