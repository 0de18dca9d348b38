namespace IngestPipeline.Records;

/// <summary>Cards of articles, read by ranges.</summary>
/// <param name="Name">The blob's name, which holds the start of its content's hash.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record CardBlob(string Name, long Length);
