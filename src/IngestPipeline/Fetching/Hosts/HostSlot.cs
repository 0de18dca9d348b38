namespace IngestPipeline.Fetching.Hosts;

/// <summary>The outcome of a claim: a slot, or when to come again.</summary>
/// <param name="Host">The host.</param>
/// <param name="Holder">The claim's word; null when there is no slot.</param>
/// <param name="Start">When the request may start, or when to ask again.</param>
/// <param name="Gap">The time that the host is left alone afterwards.</param>
/// <param name="Waiting">Why there is no slot, in words; null when there is one.</param>
internal sealed record HostSlot(string Host, string? Holder, DateTimeOffset Start, TimeSpan Gap, string? Waiting);
