namespace IngestPipeline.Archive;

/// <summary>The outcome of <see cref="ContentDecoding.Decode"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Bytes">The decoded bytes; what precedes the fault for <see cref="DecodingOutcome.Damaged"/> and <see cref="DecodingOutcome.TooLarge"/>.</param>
/// <param name="Reason">Why the outcome is not <see cref="DecodingOutcome.Complete"/>, in one line; else null.</param>
public sealed record DecodedBody(DecodingOutcome Outcome, ReadOnlyMemory<byte> Bytes, string? Reason);
