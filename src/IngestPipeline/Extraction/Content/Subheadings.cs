using System.Globalization;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Headings that the model left out between kept blocks, although what they head was kept: <c>Ingredients</c> over a list, a heading between two paragraphs
/// beside it, the question of an answer that unfolds, a number between others.
/// </summary>
internal static class Subheadings
{
    private const int MaxLength = 80;

    // Where the model is surer than this, it has seen what a heading over links looks like.
    private const int Least = -2 * Forest.Unit;

    // Between two paragraphs stands the title of a series, too.
    private const int LeastAmidText = Forest.Unit * -5 / 4;

    // What stands beside the text has a label as often as a heading.
    private const int MinBox = 3;
    private const int BoxLevels = 5;

    // Parts are numbered up to some hundred; a longer block that begins with a number says something else.
    private const int MaxDigits = 3;
    private const int MaxNumbered = 200;
    private static readonly ulong Beside = CueTokens.Bit(CueGroup.Sidebar);

    /// <summary>The chosen blocks with such headings.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="scores">The blocks' scores.</param>
    /// <param name="hints">The page's title.</param>
    /// <param name="rules">Which headings stand over links.</param>
    public static List<int> With(PageLayout layout, List<int> kept, int[] scores, PageHints hints, BlockRules rules)
    {
        List<int>? all = null;
        for (var k = 1; k < kept.Count; k++)
        {
            var (before, i) = (kept[k - 1], kept[k] - 1);
            if (i <= before || layout.Blocks[i] is not { Links: 0, Text.Length: <= MaxLength } block || block.Container.IsHidden)
                continue;

            var isHeading = Tags.IsHeading(block.Tag) && before == i - 1 && scores[i] >= Least
                && (IsOver(layout, block, layout.Blocks[before], layout.Blocks[i + 1], scores[i] >= LeastAmidText) || IsBoxs(layout, kept, k, block));
            if ((isHeading || IsSummary(layout, block) || (Tags.IsHeading(block.Tag) && IsNumbered(layout, kept, k, block)))
                && block.Text.Any(char.IsLetter)
                && hints.InTitle(PageHints.Squeeze(block.Text)) == 0
                && rules.Match(block.Text) is null)
                (all ??= [.. kept]).Add(i);
        }

        all?.Sort();
        return all ?? kept;
    }

    /// <summary>True for the line that is shown of an element whose rest unfolds.</summary>
    private static bool IsSummary(PageLayout layout, PageBlock block) =>
        layout.Parent(block.Container) is { Tag: TagKind.Details } details && details.FirstBlock == block.Index && details.LastBlock > block.Index;

    /// <summary>True for a heading whose number stands between those of kept blocks before and behind it, as <c>5.</c> does between <c>4.</c> and <c>7.</c></summary>
    private static bool IsNumbered(PageLayout layout, List<int> kept, int k, PageBlock heading)
    {
        if (NumberOf(heading.Text) is not (> 0 and var number))
            return false;

        var (before, after) = (0, 0);
        for (var i = k - 1; i >= 0 && before == 0; i--)
            before = NumberOf(layout.Blocks[kept[i]].Text);
        for (var i = k; i < kept.Count && after == 0; i++)
            after = NumberOf(layout.Blocks[kept[i]].Text);
        return before > 0 && before < number && number < after;
    }

    /// <summary>The number that a title of a part begins with (<c>7. Keep calm</c>, <c>7) Keep calm</c>); 0 where there is none.</summary>
    private static int NumberOf(string text)
    {
        var digits = 0;
        while (digits < text.Length && digits <= MaxDigits && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits is > 0 and <= MaxDigits && text.Length > digits + 2 && text.Length <= MaxNumbered && text[digits] is '.' or ')' && text[digits + 1] == ' '
            ? int.Parse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>True for a heading beside a list that it heads, or between two paragraphs.</summary>
    private static bool IsOver(PageLayout layout, PageBlock heading, PageBlock before, PageBlock next, bool isLikely)
    {
        if (Tags.IsHeading(next.Tag) || next.LinkChars * 2 >= next.Text.Length)
            return false;

        var (around, isListed) = (heading.Container.Parent, false);
        PageNode? node = next.Container;
        for (; node is not null && node.Index != around; node = layout.Parent(node))
            isListed |= node.Tag == TagKind.List;
        return node is not null && !IsBeside(layout, heading)
            && (isListed || (isLikely && next.Container.Parent == around && before.Container.Parent == around && before.Container.Tag == next.Container.Tag && Prose.IsProse(next) && Prose.IsProse(before)));
    }

    /// <summary>True for a heading that begins an element amid the text all of whose other blocks were kept.</summary>
    private static bool IsBoxs(PageLayout layout, List<int> kept, int k, PageBlock heading)
    {
        if (layout.Parent(heading.Container) is not { } box
            || box.FirstBlock != heading.Index
            || box.Blocks < MinBox
            || box.LinkChars > 0
            || IsBeside(layout, heading))
            return false;

        // The places ascend: as many of them as the element has blocks are all of its blocks.
        var last = k + box.Blocks - 2;
        return last + 1 < kept.Count && kept[last] == box.LastBlock;
    }

    private static bool IsBeside(PageLayout layout, PageBlock heading)
    {
        PageNode? node = heading.Container;
        for (var level = 0; node is not null && level < BoxLevels; level++, node = layout.Parent(node))
        {
            if ((node.Cues & Beside) != 0)
                return true;
        }

        return false;
    }
}
