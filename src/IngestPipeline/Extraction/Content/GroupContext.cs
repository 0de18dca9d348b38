using System.Runtime.InteropServices;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// What the first stage says of the groups that a block belongs to: all blocks of its style and what stands before and after them, the card and the row of
/// cards around it, its passage's other copies on the page.
/// </summary>
internal sealed class GroupContext : IDisposable
{
    // The score that stands for "none", beyond what is counted of any block: a block in no card gets its negative.
    private const int None = 9 * Forest.Unit;

    // No block's score counts for more, either way; beyond the page's ends stands what is surely no article.
    private const int Limit = 6 * Forest.Unit;

    // Short lines repeat without being copies of a passage.
    private const int MinCopy = 25;

    private static readonly int CardUp = ColumnOf("cardUp");
    private static readonly int Repeats = ColumnOf("repeats");

    private readonly PageLayout _layout;
    private readonly FeatureTable _first;
    private readonly int[] _styleOf;
    private readonly StyleSums[] _styles;
    private readonly Dictionary<string, Copies> _copies = new(StringComparer.Ordinal);
    private readonly Sums[] _nodes;
    private readonly long _total;

    /// <summary>Sums a page's scores.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="first">The first stage's features.</param>
    /// <param name="scores">The first stage's scores.</param>
    public GroupContext(PageLayout layout, FeatureTable first, ReadOnlySpan<int> scores)
    {
        (_layout, _first) = (layout, first);
        (_styleOf, _styles, _nodes) =
            (RentedArrays.Rent<int>(scores.Length), RentedArrays.Rent<StyleSums>(scores.Length), RentedArrays.Rent<Sums>(layout.Nodes.Count));
        using var styles = new StyleNumbers(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            var block = layout.Blocks[i];
            var own = Sums.Of(Clamp(scores[i]), block.Text.Length);
            _total += own.Good;
            _nodes[block.Container.Index] += own;
            CountCopy(i, scores[i]);
            ref var style = ref _styles[_styleOf[i] = styles.Of(Style(block))];
            style = new(style.Own + own, style.Before + Near(scores, i - 1), style.After + Near(scores, i + 1), style.Blocks + 1);
        }

        for (var i = layout.Nodes.Count - 1; i > 0; i--)
            _nodes[layout.Nodes[i].Parent] += _nodes[i];
        _total = Math.Max(1, _total);
    }

    /// <summary>Gives memory back for the next page.</summary>
    public void Dispose()
    {
        RentedArrays.Return(_styleOf);
        RentedArrays.Return(_styles);
        RentedArrays.Return(_nodes);
    }

    /// <summary>Writes a block's features.</summary>
    public void Write(int i, ref FeatureRow row)
    {
        row.Add("copyScore", CopyScore(i));
        var style = _styles[_styleOf[i]];
        row.Add("styleGood", (int)(style.Own.Good * 1000 / _total));
        row.Add("styleBefore", (int)(style.Before / style.Blocks));
        row.Add("styleAfter", (int)(style.After / style.Blocks));
        var card = Card(i);
        var list = card is null ? null : _layout.Parent(card);
        row.Add("cardScore", card is null ? -None : _nodes[card.Index].Mean);
        row.Add("rowScore", list is null ? -None : _nodes[list.Index].Mean);
        row.Add("rowGood", list is null ? 0 : (int)(_nodes[list.Index].Good * 1000 / _total));
        row.Add("styleScore", style.Own.Mean);
    }

    /// <summary>The least score of the other blocks with a block's text: a passage that stands in a menu too is hardly the article's.</summary>
    private int CopyScore(int i) =>
        !IsCopy(i) || !_copies.TryGetValue(_layout.Blocks[i].Text, out var copies) ? None : copies.LeastAt == i ? copies.Second : copies.Least;

    private bool IsCopy(int i) => _first[i][Repeats] > 1 && _layout.Blocks[i].Text.Length >= MinCopy;

    private void CountCopy(int i, int score)
    {
        if (!IsCopy(i))
            return;

        ref var copies = ref CollectionsMarshal.GetValueRefOrAddDefault(_copies, _layout.Blocks[i].Text, out var isKnown);
        if (!isKnown || score < copies.Least)
            copies = new(score, i, isKnown ? copies.Least : None);
        else
            copies = copies with { Second = Math.Min(copies.Second, score) };
    }

    /// <summary>The card around a block, where <see cref="PageMeasures.Card"/> found one near.</summary>
    private PageNode? Card(int i)
    {
        var up = _first[i][CardUp];
        if (up >= NodeDistances.Far)
            return null;

        PageNode? card = _layout.Blocks[i].Container;
        for (; up > 0 && card is not null; up--)
            card = _layout.Parent(card);
        return card;
    }

    private ulong Style(PageBlock block) => (block.Container.Style * 31) ^ (_layout.Parent(block.Container)?.Style ?? 0);

    private static int Near(ReadOnlySpan<int> scores, int i) => i >= 0 && i < scores.Length ? Clamp(scores[i]) : -Limit;

    private static int Clamp(int score) => Math.Clamp(score, -Limit, Limit);

    private static int ColumnOf(string name) => BlockFeatures.Names.Index().First(n => n.Item == name).Index;

    private readonly record struct Copies(int Least, int LeastAt, int Second);

    private readonly record struct StyleSums(Sums Own, long Before, long After, int Blocks);

    private readonly record struct Sums(long Score, long Good, long Chars)
    {
        public int Mean => (int)(Score / Math.Max(1, Chars));

        public static Sums Of(int score, int chars) => new((long)score * chars, score > 0 ? chars : 0, chars);

        public static Sums operator +(Sums a, Sums b) => new(a.Score + b.Score, a.Good + b.Good, a.Chars + b.Chars);
    }
}
