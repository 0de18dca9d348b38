namespace IngestPipeline.Deduplication;

/// <summary>
/// A segment of the index: what became of the window with one publication, or with several that were joined. What a later segment says of an article
/// stands above what an earlier one says.
/// </summary>
/// <param name="Cover">Which articles were in the window after it.</param>
/// <param name="Stale">The articles, by <see cref="ArticleHead.IdKey"/>, that must be compared anew with the next batch, because others left the
/// window.</param>
/// <param name="Affected">Those that must be decided about anew; the stale must be, too, and are not named again.</param>
/// <param name="Marks">New marks of articles that are otherwise as an earlier segment says, by <see cref="ArticleHead.IdKey"/>.</param>
/// <param name="Records">The articles that are new or changed, in the order of (first seen, <see cref="ArticleHead.IdKey"/>).</param>
internal sealed record IndexContent(
    IndexCover Cover,
    IReadOnlyList<ulong> Stale,
    IReadOnlyList<ulong> Affected,
    IReadOnlyList<(ulong Key, ArticleMarks Marks)> Marks,
    IReadOnlyList<IndexRecord> Records);
