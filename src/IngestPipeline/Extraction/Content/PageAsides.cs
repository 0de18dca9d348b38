using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>What the page shows beside the article's text and a record keeps apart: captions, embedded posts, the times of a live blog's entries.</summary>
internal sealed class PageAsides
{
    private const int MaxCaption = 1_000;
    private const int MaxPost = 1_500;
    private const int MaxTime = 40;
    private const int MinEntries = 3;

    // An entry's time stands in its head.
    private const int Head = 6;

    private readonly PageLayout _layout;
    private readonly int _first;
    private readonly int _last;
    private readonly HashSet<int> _times = [];

    /// <summary>Looks at a page whose article's blocks are known.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the article's blocks, ascending, at least one.</param>
    public PageAsides(PageLayout layout, List<int> kept)
    {
        (_layout, _first, _last) = (layout, kept[0], kept[^1]);
        FindTimes(kept);
    }

    /// <summary>True when a block is the time of a live blog's entry.</summary>
    public bool IsEntryTime(int block) => _times.Contains(block);

    /// <summary>How a block that is not part of the text is kept beside it; null when it is not kept.</summary>
    /// <param name="block">The block's place.</param>
    /// <param name="rule">The rule that meets it; null when none does.</param>
    public BlockKind? KindOf(int block, BlockRule? rule)
    {
        if (IsEntryTime(block))
            return BlockKind.EntryTime;

        var text = _layout.Blocks[block].Text;
        if (block > _last || rule is { Action: RuleAction.Remove })
            return null;
        if (block > _first && text.Length <= MaxPost && (rule is { Action: RuleAction.Embed } || IsPost(_layout.Blocks[block])))
            return BlockKind.Embed;
        return text.Length <= MaxCaption
            && _layout.Blocks[block].LinkChars * 2 <= text.Length
            && (rule is { Action: RuleAction.Caption } || IsCaption(_layout.Blocks[block]))
            ? BlockKind.Caption : null;
    }

    private bool IsCaption(PageBlock block)
    {
        for (var (node, level) = (block.Container, 0); node is not null && level < 4; node = _layout.Parent(node), level++)
        {
            if (node.Tag is TagKind.Caption or TagKind.Figure)
                return true;
        }

        return false;
    }

    private bool IsPost(PageBlock block)
    {
        for (var (node, level) = (block.Container, 0); node is not null && level < 3; node = _layout.Parent(node), level++)
        {
            if (node.Tag == TagKind.Quote && (node.Cues & CueTokens.Bit(CueGroup.Embed)) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Entries are elements of one style beside each other that hold some of the article, each with a time in its head.</summary>
    private void FindTimes(List<int> kept)
    {
        var holds = new bool[_layout.Nodes.Count];
        foreach (var block in kept)
        {
            for (var node = _layout.Blocks[block].Container; node is not null && !holds[node.Index]; node = _layout.Parent(node))
                holds[node.Index] = true;
        }

        foreach (var entries in _layout.Nodes.Where(n => holds[n.Index] && n.Parent >= 0 && n.Blocks > 1).GroupBy(n => (n.Parent, n.Style)))
        {
            var times = entries.Select(TimeOf).Where(t => t >= 0).Distinct().ToList();
            if (times.Count >= MinEntries && times.Count * 2 >= entries.Count())
                _times.UnionWith(times);
        }
    }

    private int TimeOf(PageNode entry)
    {
        for (var i = entry.FirstBlock; i < entry.FirstBlock + Head && i <= entry.LastBlock; i++)
        {
            if (IsTime(_layout.Blocks[i]))
                return i;
        }

        return -1;
    }

    private static bool IsTime(PageBlock block) =>
        block.Text.Length <= MaxTime && !Tags.IsHeading(block.Tag) && (block.TimeChars * 2 >= block.Text.Length || HasClock(block.Text));

    /// <summary>True for a text of few letters with a time of day: <c>14:05</c>, <c>2.30 pm</c>, <c>9h15</c>.</summary>
    private static bool HasClock(string text)
    {
        if (text.Length > MaxTime / 2)
            return false;

        for (var i = 1; i + 2 < text.Length; i++)
        {
            if (text[i] is ':' or '.' or 'h' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i + 2])
                && (i + 3 == text.Length || !(char.IsAsciiDigit(text[i + 3]) || text[i + 3] == '.')))
                return true;
        }

        return false;
    }
}
