using System.Collections.Concurrent;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary>What the pages of a batch teach about their sites: a first pass counts, a second one strips. The order of the pages changes nothing.</summary>
internal sealed class LearnedSites
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<SiteSample>> _samples = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SiteBlocks> _sites = new(StringComparer.Ordinal);

    /// <summary>Takes an article's blocks in for its site.</summary>
    public void Add(string id, string? url, ExtractedArticle article)
    {
        if (SiteOf(url, article) is { } site && SiteSample.Of(id, article.Blocks) is { } sample)
            _samples.GetOrAdd(site, _ => []).Add(sample);
    }

    /// <summary>The article without what its site repeats; all must have been added before.</summary>
    public ExtractedArticle Strip(string? url, ExtractedArticle article)
    {
        if (SiteOf(url, article) is not { } site || !_samples.TryGetValue(site, out var samples))
            return article;
        var stripped = _sites.GetOrAdd(site, _ => SiteBlocks.Of(samples, isIncluded: true)).Strip(article.Blocks, article.Removed);
        return stripped is var (blocks, removed) ? article with { Blocks = blocks, Removed = removed } : article;
    }

    // By the page's own address where the manifest names none.
    private static string? SiteOf(string? url, ExtractedArticle article) =>
        Uri.TryCreate(url ?? article.Metadata.CanonicalUrl?.Value, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? address.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.Host[4..].ToLowerInvariant() : address.Host.ToLowerInvariant()
            : null;
}
