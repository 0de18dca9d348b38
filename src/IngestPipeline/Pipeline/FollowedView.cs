using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>What the view wrote for a publication.</summary>
/// <param name="Written">How many records were written or rewritten.</param>
/// <param name="Records">The names of all that may have been.</param>
/// <param name="Days">The days that they belong to.</param>
/// <param name="Changes">The segment of the changes log, to be written now that they are durable.</param>
internal sealed record FollowedView(int Written, IReadOnlyCollection<string> Records, IReadOnlyCollection<string> Days, BlobWrite Changes);
