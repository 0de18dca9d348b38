using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>What became of one article request.</summary>
/// <param name="Request">The request.</param>
/// <param name="Disposition">How it ended, before the store was asked whether it knows the text already.</param>
/// <param name="Reason">Why it is not <see cref="Disposition.Written"/>, in a short phrase.</param>
/// <param name="Article">The article; null when there is nothing to keep.</param>
public sealed record IngestResult(ArticleRequest Request, Disposition Disposition, string? Reason = null, Article? Article = null)
{
    /// <summary>How the page was fetched, without its body: what tells a live run whether to try again. Null when nothing was fetched.</summary>
    public FetchResult? Fetched { get; init; }

    /// <summary>True when a page came that is not the article's: it may have come too early, and is looked at again like one that answers 404.</summary>
    internal bool IsLost { get; init; }
}
