using System.Runtime.InteropServices;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>What the features of all blocks share: shapes, running sums over the page, styles and the likely containers.</summary>
internal sealed class PageMeasures : IDisposable
{
    private const int MinCard = 2;
    private const int MinTwins = 3;

    private readonly PageLayout _layout;
    private readonly StyleSums[] _sums;
    private readonly int[] _twins;
    private readonly int[] _card;
    private readonly int[] _style;

    /// <summary>Measures a page once.</summary>
    public PageMeasures(PageLayout layout, PageHints hints)
    {
        _layout = layout;
        var n = layout.Blocks.Count;
        Texts = new(layout);
        (IsProse, Style, HeadingBefore) = (RentedArrays.Rent<bool>(n), RentedArrays.Rent<ulong>(n), RentedArrays.Rent<int>(n));
        (_sums, _style) = (RentedArrays.Rent<StyleSums>(n), RentedArrays.Rent<int>(n));
        using var styles = new StyleNumbers(n);
        (ProseBefore, ProseChars) = (RentedArrays.Rent<int>(n + 1), RentedArrays.Rent<int>(n + 1));
        for (var i = 0; i < n; i++)
        {
            var block = layout.Blocks[i];
            IsProse[i] = Prose.IsProse(block);
            Style[i] = StyleOf(block);
            ProseBefore[i + 1] = ProseBefore[i] + (IsProse[i] ? 1 : 0);
            ProseChars[i + 1] = ProseChars[i] + (IsProse[i] ? block.Text.Length : 0);
            ref var sums = ref _sums[_style[i] = styles.Of(Style[i])];
            sums = new(sums.Blocks + 1, sums.Chars + block.Text.Length, sums.LinkChars + block.LinkChars, sums.Prose + (IsProse[i] ? 1 : 0));
            HeadingBefore[i] = i == 0 ? -1 : Tags.IsHeading(layout.Blocks[i - 1].Tag) ? i - 1 : HeadingBefore[i - 1];
            if (Headline < 0 && Tags.IsHeading(block.Tag) && (block.Tag == TagKind.H1 || hints.InTitle(Texts.Letters(i)) > 0))
                Headline = i;
        }

        (_twins, _card) = (RentedArrays.Rent<int>(layout.Nodes.Count), RentedArrays.Rent<int>(layout.Nodes.Count));
        ReadCards();
        TotalProse = Math.Max(1, ProseChars[n]);
        Bounds = PageBounds.Of(layout, IsProse.AsSpan(0, n), ProseBefore[n]);
        (Top, Core) = (Candidates.Top(layout, IsProse), Candidates.Core(layout));
    }

    /// <summary>What the blocks' texts look like.</summary>
    public BlockTexts Texts { get; }

    /// <summary>Which blocks are running text.</summary>
    public bool[] IsProse { get; }

    /// <summary>A hash of each block's element and the two above it: equal for blocks that look the same.</summary>
    public ulong[] Style { get; }

    /// <summary>The last heading before each block; −1 when there is none.</summary>
    public int[] HeadingBefore { get; }

    /// <summary>Paragraphs of running text before each block; the last entry is the page's sum.</summary>
    public int[] ProseBefore { get; }

    /// <summary>Characters of running text before each block; the last entry is the page's sum.</summary>
    public int[] ProseChars { get; }

    /// <summary>Characters of running text on the page, at least 1.</summary>
    public int TotalProse { get; }

    /// <summary>How large features may become.</summary>
    public PageBounds Bounds { get; }

    /// <summary>The block of the headline; −1 when there is none.</summary>
    public int Headline { get; } = -1;

    /// <summary>The element whose own paragraphs weigh most.</summary>
    public PageNode? Top { get; }

    /// <summary>The deepest element that holds most of the running text.</summary>
    public PageNode? Core { get; }

    /// <summary>How many elements of an element's style, itself included, its parent holds with text in them.</summary>
    public int Twins(PageNode node) => _twins[node.Index];

    /// <summary>
    /// The innermost element around (itself included) of several blocks that has at least two others like it beside it; null when there is none.
    /// </summary>
    public PageNode? Card(PageNode node) => _card[node.Index] is var card and >= 0 ? _layout.Nodes[card] : null;

    private void ReadCards()
    {
        // A row: elements of one style that stand beside each other. Its number stands for an element until its length is known.
        // Most elements are of the style of their parent's first, and are looked up nowhere; [0] is the root's place.
        var (firsts, rows, count) = (RentedArrays.Rent<int>(_layout.Nodes.Count + 1), RentedArrays.Rent<(ulong Style, int Length)>(_layout.Nodes.Count), 0);
        var others = new Dictionary<(int Parent, ulong Style), int>();
        foreach (var node in _layout.Nodes)
        {
            if (node.Blocks == 0)
                continue;

            ref var row = ref firsts[node.Parent + 1];
            var isKnown = row > 0;
            if (isKnown && rows[row - 1].Style != node.Style)
                row = ref CollectionsMarshal.GetValueRefOrAddDefault(others, (node.Parent, node.Style), out isKnown);
            if (!isKnown)
            {
                rows[count] = (node.Style, 0);
                row = ++count;
            }

            _twins[node.Index] = row - 1;
            rows[row - 1].Length++;
        }

        foreach (var node in _layout.Nodes)
        {
            if (node.Blocks == 0)
                continue;
            _twins[node.Index] = rows[_twins[node.Index]].Length;
            _card[node.Index] = node.Blocks >= MinCard && _twins[node.Index] >= MinTwins ? node.Index : node.Parent < 0 ? -1 : _card[node.Parent];
        }

        RentedArrays.Return(firsts);
        RentedArrays.Return(rows);
    }

    /// <summary>The sums over the blocks that look like a block.</summary>
    public StyleSums Sums(int block) => _sums[_style[block]];

    /// <summary>Gives memory back for the next page.</summary>
    public void Dispose()
    {
        Texts.Dispose();
        RentedArrays.Return(IsProse);
        RentedArrays.Return(Style);
        RentedArrays.Return(_sums);
        foreach (var numbers in (ReadOnlySpan<int[]>)[HeadingBefore, ProseBefore, ProseChars, _style, _twins, _card])
            RentedArrays.Return(numbers);
    }

    private ulong StyleOf(PageBlock block)
    {
        var style = Fnv1a.Basis;
        var node = block.Container;
        for (var level = 0; level < 3; level++)
        {
            style = Fnv1a.Add(style, node.Style);
            node = _layout.Parent(node) ?? node;
        }

        return style;
    }

    /// <summary>Sums over blocks of one style.</summary>
    internal readonly record struct StyleSums(int Blocks, int Chars, int LinkChars, int Prose);
}
