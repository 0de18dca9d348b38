using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// What a site's articles have in common: how many of them hold each block. Counts are sums, so that the order in which articles are seen changes nothing.
/// Not safe for several threads; <see cref="Strip"/> is, once nothing is added any more.
/// </summary>
internal sealed class SiteBlocks
{
    /// <summary>The id under which repeated blocks are removed.</summary>
    public const string Rule = "site-repeat";

    /// <summary>Other articles of the site that must hold a block before it counts as the site's own.</summary>
    public const int Others = 2;

    // Longer blocks are prose: they repeat because the article is published twice.
    private const int MaxLength = 400;

    // A page of which this much would go, in percent, is a copy of other pages.
    private const int MaxShare = 40;

    private readonly Dictionary<ulong, int> _articles = [];

    /// <summary>Counts the blocks of one article, each once.</summary>
    public void Add(ExtractedArticle article)
    {
        foreach (var key in Keys(article).Distinct())
            _articles[key] = _articles.GetValueOrDefault(key) + 1;
    }

    /// <summary>The article without the blocks that the site repeats.</summary>
    /// <param name="article">The article.</param>
    /// <param name="isCounted">True when it was added itself, and does not count against its own blocks.</param>
    public ExtractedArticle Strip(ExtractedArticle article, bool isCounted)
    {
        var least = Others + (isCounted ? 1 : 0);
        var repeated = new bool[article.Blocks.Count];
        int all = 0, gone = 0;
        for (var i = 0; i < repeated.Length; i++)
        {
            var block = article.Blocks[i];
            if (!block.InText)
                continue;

            all += block.Text.Length;
            repeated[i] = KeyOf(block) is { } key && _articles.GetValueOrDefault(key) >= least;
            gone += repeated[i] ? block.Text.Length : 0;
        }

        return gone == 0 || gone * 100 > all * MaxShare ? article : Without(article, repeated);
    }

    private static ExtractedArticle Without(ExtractedArticle article, bool[] repeated)
    {
        var (kept, removed, next) = (new List<Block>(), new List<StrippedBlock>(), 0);
        for (var i = 0; i <= repeated.Length; i++)
        {
            for (; next < article.Removed.Count && (article.Removed[next].Position <= i || i == repeated.Length); next++)
                removed.Add(article.Removed[next] with { Position = kept.Count });
            if (i == repeated.Length)
                break;
            if (repeated[i])
                removed.Add(new(article.Blocks[i].Text, Rule, "the same block stands in other articles of the site", kept.Count));
            else
                kept.Add(article.Blocks[i]);
        }

        return article with { Blocks = kept, Removed = removed };
    }

    private static IEnumerable<ulong> Keys(ExtractedArticle article) => article.Blocks.Where(b => b.InText).Select(KeyOf).OfType<ulong>();

    /// <summary>FNV-1a over the letters and digits, which is the same in every process; null for a block that is never the site's.</summary>
    private static ulong? KeyOf(Block block)
    {
        if (block.Text.Length > MaxLength || block.Kind is BlockKind.Correction)
            return null;

        var hash = 14695981039346656037UL;
        var squeezed = PageHints.Squeeze(block.Text);
        foreach (var c in squeezed)
            hash = (hash ^ c) * 1099511628211UL;
        return squeezed.Length == 0 ? null : hash;
    }
}
