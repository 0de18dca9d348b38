namespace IngestPipeline.Fetching.Hosts;

/// <summary>What a request told about its host.</summary>
/// <param name="Failed">True for a network failure, no answer in time, 429 or a server error; null when nothing was learned.</param>
/// <param name="RetryAfter">How long the host asks to be left alone; null when it does not.</param>
internal sealed record HostOutcome(bool? Failed, TimeSpan? RetryAfter = null);
