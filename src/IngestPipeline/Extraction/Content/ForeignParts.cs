using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Parts of a page that begin after the article and say of themselves that they are none of it: by their class names, or by the heading that they begin
/// with. Their sentences read like an article's, so that the model, which looks at blocks, can be sure of them.
/// </summary>
internal sealed class ForeignParts
{
    private static readonly ulong Captions = CueTokens.Bit(CueGroup.Caption);
    private const int LongestCaption = 500;

    // One alone is as often a line of the text that is set like one.
    private const int MinCaptions = 2;

    private const int MinTitles = 2;
    private const int MaxFoot = 3;

    // Readers can write more than the author.
    private static readonly ulong Comments = CueTokens.Bit(CueGroup.Comment);

    // Sites show parts of articles in such elements too: only a small part of what is kept goes.
    private static readonly ulong Links = CueTokens.Bit(CueGroup.Popular) | CueTokens.Bit(CueGroup.Share);

    // Likewise, and between an article's paragraphs it is a frame's colour more often ("border-secondary"): only at the end.
    private static readonly ulong Ends = CueTokens.Bit(CueGroup.Sidebar) | CueTokens.Bit(CueGroup.Author);

    // "sidebar-grid__content" is what a sidebar stands beside, and "social-media-embed" a post that the article quotes.
    private static readonly ulong Others =
        CueTokens.Bit(CueGroup.Body) | CueTokens.Bit(CueGroup.Content) | CueTokens.Bit(CueGroup.Text) | CueTokens.Bit(CueGroup.Embed);

    private readonly PageLayout _layout;
    private readonly BlockRules _rules;
    private List<int> _kept;

    private ForeignParts(PageLayout layout, List<int> kept, BlockRules rules) => (_layout, _kept, _rules) = (layout, kept, rules);

    /// <summary>The chosen blocks without those in such parts.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="rules">Which headings stand over links.</param>
    public static List<int> Without(PageLayout layout, List<int> kept, BlockRules rules)
    {
        var parts = new ForeignParts(layout, kept, rules);
        parts.Take(Comments, isLarge: true);
        parts.Take(Links);
        parts.Take(Ends, atEnd: true);
        parts.TakeCaptions();
        parts.TakeHeaded();
        parts.TakeDiscussion();
        parts.TakeLinkedEnd();
        return PictureSeries.Without(layout, parts._kept);
    }

    /// <summary>Takes away what elements of some cues hold that begin after the article's start.</summary>
    /// <param name="cues">The cues.</param>
    /// <param name="atEnd">True when only what ends the text goes.</param>
    /// <param name="isLarge">True when more than half may go.</param>
    private void Take(ulong cues, bool atEnd = false, bool isLarge = false)
    {
        if (_kept.Count < 3)
            return;

        var marks = new bool[_layout.Nodes.Count];
        foreach (var node in _layout.Nodes)
        {
            // A heading's id is made of its words, and a paragraph's class speaks of its letters.
            marks[node.Index] = node.FirstBlock > _kept[1]
                && (marks[node.Parent] || ((node.Cues & cues) != 0 && (node.Cues & Others) == 0 && node.Blocks > 1 && !Tags.IsHeading(node.Tag)));
        }

        var last = atEnd ? _kept.FindLast(k => !IsMarked(k)) : -1;
        Take(k => k > last && IsMarked(k), isLarge);

        bool IsMarked(int k) => marks[_layout.Blocks[k].Container.Index];
    }

    /// <summary>Takes away captions: blocks whose own element calls itself one, unless the text is made of them, as a photo story's.</summary>
    private void TakeCaptions()
    {
        if (_kept.Count < 3)
            return;

        var captions = _kept.Skip(1).Where(k => IsCaption(_layout.Blocks[k])).ToHashSet();
        if (captions.Count >= MinCaptions)
            Take(captions.Contains, isLarge: false);
    }

    private bool IsCaption(PageBlock block)
    {
        if (block.Text.Length > LongestCaption || Tags.IsHeading(block.Tag))
            return false;
        for (PageNode? node = block.Node; node is { Blocks: 1 }; node = _layout.Parent(node))
        {
            if ((node.Cues & Captions) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Takes away small elements that begin with a heading over links, which the model removed, and go on with what it kept.</summary>
    private void TakeHeaded()
    {
        // One pass, whatever a page holds: an element is looked at from its heading on, and one that goes is not looked into.
        var (left, gone) = (_kept.Sum(k => (long)_layout.Blocks[k].Text.Length), new HashSet<int>());
        for (var k = 1; k + 1 < _kept.Count; k++)
        {
            if (HeadedAfter(k) is not { } part)
                continue;

            var (end, inside) = (k + 1, 0L);
            for (; end < _kept.Count && _kept[end] <= part.LastBlock; end++)
                inside += _layout.Blocks[_kept[end]].Text.Length;
            if (inside * 2 >= left)
                continue;

            gone.UnionWith(_kept[(k + 1)..end]);
            left -= inside;

            // On with the part's last block.
            k = end - 2;
        }

        if (gone.Count > 0)
            _kept = _kept.FindAll(k => !gone.Contains(k));
    }

    /// <summary>Takes away the end of the text where it is an element that begins with a heading over comments, whatever its class names say.</summary>
    private void TakeDiscussion()
    {
        if (_kept.Count < 3)
            return;

        // A heading behind all that is kept takes nothing away.
        var heading = _layout.Blocks.FindIndex(
            _kept[1] + 1, _kept[^1] - _kept[1], b => Tags.IsHeading(b.Tag) && HoldsEnd(b) && _rules.Match(b.Text) is { Kind: "comments" });
        if (heading >= 0)
            _kept = _kept.FindAll(k => k < heading);
    }

    /// <summary>
    /// Takes away titles of other articles at the end of the text: lines that are links and nothing else, under no heading and no line that names them.
    /// </summary>
    private void TakeLinkedEnd()
    {
        // The rules take what stands below; they are asked where there are titles at all.
        var last = _kept.Count;
        while (last > 0 && _kept.Count - last < MaxFoot && !IsLinkedTitle(_layout.Blocks[_kept[last - 1]]))
            last--;
        if (last < MinTitles || !IsLinkedTitle(_layout.Blocks[_kept[last - 1]]) || !IsLinkedTitle(_layout.Blocks[_kept[last - 2]])
            || _kept.FindIndex(last, k => _rules.Match(_layout.Blocks[k].Text) is not { Action: RuleAction.Remove }) >= 0)
            return;

        var end = last;
        while (end > 0 && IsLinkedTitle(_layout.Blocks[_kept[end - 1]]))
            end--;
        if (last - end < MinTitles || end < MinTitles)
            return;

        var before = _layout.Blocks[_kept[end - 1]];
        if (!Tags.IsHeading(before.Tag) && Prose.IsProse(before) && before.Text[^1] is not (':' or '：'))
            _kept = [.. _kept[..end], .. _kept[last..]];
    }

    private static bool IsLinkedTitle(PageBlock block) => block.LinkChars * 10 >= block.Text.Length * 9 && block.Text.Length is >= 12 and <= 200;

    /// <summary>True when an element begins with a heading and holds all that is kept after it.</summary>
    private bool HoldsEnd(PageBlock heading)
    {
        var node = _layout.Parent(heading.Container);
        while (node is not null && node.FirstBlock == heading.Index && node.LastBlock < _kept[^1])
            node = _layout.Parent(node);
        return node is not null && node.FirstBlock == heading.Index;
    }

    /// <summary>
    /// Of the elements that begin after one kept block and hold the next, the largest that begins with a heading over links; null when there is none.
    /// </summary>
    private PageNode? HeadedAfter(int k)
    {
        for (var i = _kept[k] + 1; i < _kept[k + 1]; i++)
        {
            if (!Tags.IsHeading(_layout.Blocks[i].Tag) || _rules.Match(_layout.Blocks[i].Text) is not { Heads: true })
                continue;

            PageNode? part = null;
            for (PageNode? node = _layout.Blocks[i].Container; node is not null && node.FirstBlock > _kept[k]; node = _layout.Parent(node))
                part = node;
            if (part is not null && part.LastBlock >= _kept[k + 1])
                return part;
        }

        return null;
    }

    private void Take(Predicate<int> isIn, bool isLarge)
    {
        if (!_kept.Exists(isIn))
            return;

        long inside = 0, all = 0;
        foreach (var k in _kept)
        {
            var length = _layout.Blocks[k].Text.Length;
            all += length;
            inside += isIn(k) ? length : 0;
        }

        if (isLarge || inside * 2 < all)
            _kept = _kept.FindAll(k => !isIn(k));
    }
}
