using System.Collections.Concurrent;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary>What the pages of a batch teach about their sites: a first pass counts, a second one strips. The order of the pages changes nothing.</summary>
internal sealed class LearnedSites
{
    private readonly ConcurrentDictionary<string, SiteBlocks> _sites = new(StringComparer.Ordinal);

    /// <summary>Counts an article's blocks for its site.</summary>
    public void Add(string? url, ExtractedArticle article)
    {
        if (SiteOf(url, article) is not { } site)
            return;

        var blocks = _sites.GetOrAdd(site, _ => new());
        lock (blocks)
            blocks.Add(article);
    }

    /// <summary>The article without what its site repeats; it must have been added before.</summary>
    public ExtractedArticle Strip(string? url, ExtractedArticle article) =>
        SiteOf(url, article) is { } site && _sites.TryGetValue(site, out var blocks) ? blocks.Strip(article, isCounted: true) : article;

    // By the page's own address where the manifest names none.
    private static string? SiteOf(string? url, ExtractedArticle article) =>
        Uri.TryCreate(url ?? article.Metadata.CanonicalUrl?.Value, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? address.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? address.Host[4..].ToLowerInvariant() : address.Host.ToLowerInvariant()
            : null;
}
