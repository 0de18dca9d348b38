using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Retention;

/// <summary>Which earlier runs were let go, or would be.</summary>
/// <param name="Gone">Runs that went, oldest first.</param>
/// <param name="Busy">Runs that were left because something is writing to them or is not finished there.</param>
/// <param name="Kept">Earlier runs that stay because they are among the newest.</param>
/// <param name="Blobs">Blobs that went with the runs.</param>
/// <param name="Staged">Blobs that a finished back-fill had left behind.</param>
public sealed record RunRetentionResult(IReadOnlyList<StoreRun> Gone, IReadOnlyList<StoreRun> Busy, int Kept, long Blobs, long Staged);
