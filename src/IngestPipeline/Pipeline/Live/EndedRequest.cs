using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>A request that has ended.</summary>
/// <param name="Number">Its number among its article's requests.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="AsOf">When it was named.</param>
/// <param name="FeedUrl">By which feed.</param>
/// <param name="EntryHash">What the entry said, hashed.</param>
/// <param name="Disposition">How it ended.</param>
/// <param name="Reason">Why, where it left no text.</param>
internal sealed record EndedRequest(
    int Number, RequestKind Kind, DateTimeOffset AsOf, string FeedUrl, string EntryHash, Disposition Disposition, string? Reason);
