using System.Collections.Frozen;
using IngestPipeline.Extraction;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// The blocks that a site repeats over its articles. Counts are sums over a set of articles, so that the order in which they were seen changes nothing.
/// Immutable and safe to share.
/// </summary>
internal sealed class SiteBlocks
{
    /// <summary>The id under which they are removed.</summary>
    public const string Rule = "site-repeat";

    /// <summary>The reason for which they are removed.</summary>
    public const string Reason = "learned from the site: the same block stands in other articles of it";

    /// <summary>Articles that must hold a block at their edge before it is the site's own there.</summary>
    public const int AtEdge = 3;

    /// <summary>Articles that must hold a block before it is the site's own wherever it stands.</summary>
    public const int Anywhere = 4;

    // Background paragraphs repeat over the reports of one event; a site's own blocks repeat over all that it publishes.
    private const int LeastShare = 10;

    // A page of which this much would go, in percent, is a copy of other pages.
    private const int MaxShare = 40;

    /// <summary>The most blocks that are known of a site.</summary>
    private const int MaxBlocks = 200;

    private readonly FrozenSet<ulong> _edge;
    private readonly FrozenSet<ulong> _anywhere;

    /// <param name="articles">How many articles taught.</param>
    /// <param name="blocks">What repeats, with its counts.</param>
    public SiteBlocks(int articles, IReadOnlyList<LearnedBlock> blocks)
    {
        (Articles, Blocks) = (articles, blocks);
        _edge = blocks.Where(b => b.IsAtEdge).Select(b => b.Key).ToFrozenSet();
        _anywhere = blocks.Where(b => b.IsAnywhere).Select(b => b.Key).ToFrozenSet();
    }

    /// <summary>How many articles taught.</summary>
    public int Articles { get; }

    /// <summary>What repeats, most frequent first.</summary>
    public IReadOnlyList<LearnedBlock> Blocks { get; }

    /// <summary>Counts what articles have in common.</summary>
    /// <param name="samples">The articles, in any order; those of one body count once.</param>
    /// <param name="isIncluded">True when the articles that are to be stripped are among them, and do not count against their own blocks.</param>
    public static SiteBlocks Of(IEnumerable<SiteSample> samples, bool isIncluded = false)
    {
        var distinct = samples.GroupBy(s => s.Body).Select(g => g.MinBy(s => s.Id, StringComparer.Ordinal)!).ToList();
        var own = isIncluded ? 1 : 0;
        var counts = new Dictionary<ulong, (int Edge, int All)>();
        foreach (var sample in distinct)
        {
            foreach (var key in sample.Edge)
                counts[key] = counts.GetValueOrDefault(key) is var (edge, all) ? (edge + 1, all + 1) : default;
            foreach (var key in sample.Inner)
                counts[key] = counts.GetValueOrDefault(key) is var (edge, all) ? (edge, all + 1) : default;
        }

        var repeated = counts
            .Select(c => new LearnedBlock(c.Key, c.Value.Edge, c.Value.All, c.Value.Edge >= AtEdge + own, c.Value.All >= Anywhere + own && c.Value.All * 100 >= distinct.Count * LeastShare))
            .Where(b => b.IsAtEdge || b.IsAnywhere)
            .OrderByDescending(b => b.All).ThenBy(b => b.Key).Take(MaxBlocks);
        return new(distinct.Count, [.. repeated]);
    }

    /// <summary>An article's blocks without the site's own; null when nothing goes.</summary>
    public (IReadOnlyList<Block> Blocks, IReadOnlyList<StrippedBlock> Removed)? Strip(IReadOnlyList<Block> blocks, IReadOnlyList<StrippedBlock> removed)
    {
        var repeated = Find(blocks);
        var (all, gone) = (0, 0);
        for (var i = 0; i < blocks.Count; i++)
        {
            all += blocks[i].InText ? blocks[i].Text.Length : 0;
            gone += repeated[i] ? blocks[i].Text.Length : 0;
        }

        return gone == 0 || gone * 100 > all * MaxShare ? null : Without(blocks, removed, repeated);
    }

    /// <summary>An article's blocks as the page has them, with those learned from the site put back as paragraphs.</summary>
    public static IReadOnlyList<Block> PutBack(IReadOnlyList<Block> blocks, IReadOnlyList<StrippedBlock> removed)
    {
        if (!removed.Any(r => r.Rule == Rule))
            return blocks;
        var (all, learned) = (new List<Block>(blocks.Count + 4), removed.Where(r => r.Rule == Rule).ToLookup(r => r.Position));
        for (var i = 0; i <= blocks.Count; i++)
        {
            all.AddRange(learned[i].Select(r => new Block(BlockKind.Paragraph, r.Text)));
            if (i < blocks.Count)
                all.Add(blocks[i]);
        }

        return all;
    }

    // What goes brings other blocks to the edge: until nothing more goes, so that what was stripped is stripped no further.
    private bool[] Find(IReadOnlyList<Block> blocks)
    {
        var goes = new bool[blocks.Count];
        var keys = blocks.Select(SiteBlock.Of).ToList();
        var left = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].InText).ToList();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var place = left.Count - 1; place >= 0; place--)
            {
                if (keys[left[place]] is not { } block || !IsOwn(block, place, left.Count))
                    continue;
                goes[left[place]] = true;
                left.RemoveAt(place);
                changed = true;
            }
        }

        return goes;
    }

    private bool IsOwn(SiteBlock block, int place, int count) => block.IsSentence
        ? _anywhere.Contains(block.Key) || (_edge.Contains(block.Key) && (place < SiteSample.EdgeDepth || place >= count - SiteSample.EdgeDepth))
        : place == count - 1 && _edge.Contains(block.Key);

    private static (IReadOnlyList<Block> Blocks, IReadOnlyList<StrippedBlock> Removed) Without(
        IReadOnlyList<Block> blocks, IReadOnlyList<StrippedBlock> before, bool[] repeated)
    {
        var (kept, removed, next) = (new List<Block>(), new List<StrippedBlock>(), 0);
        for (var i = 0; i <= blocks.Count; i++)
        {
            for (; next < before.Count && (before[next].Position <= i || i == blocks.Count); next++)
                removed.Add(before[next] with { Position = kept.Count });
            if (i == blocks.Count)
                break;
            if (repeated[i])
                removed.Add(new(blocks[i].Text, Rule, Reason, kept.Count));
            else
                kept.Add(blocks[i]);
        }

        return (kept, removed);
    }
}
