namespace IngestPipeline.Archive;

/// <summary>An archived answer with its bytes.</summary>
/// <param name="Capture">Which capture it is.</param>
/// <param name="Status">The HTTP status to answer with; a revisit of unchanged content has the status of what it refers to; 0 = no answer.</param>
/// <param name="Headers">Header fields in recorded order, duplicates kept, without those that describe the transfer only.</param>
/// <param name="Body">The body after transfer decoding, still content-encoded as <paramref name="Headers"/> says.</param>
/// <param name="Fault">Why the answer is incomplete (unresolvable revisit, damaged record, recorded failure) in one line; else null.</param>
public sealed record ArchivedResponse(
    Capture Capture,
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte> Body,
    string? Fault = null)
{
    /// <summary>False when there is no body to answer with: an unresolvable revisit, or a fetch that failed.</summary>
    public bool HasContent { get; init; } = true;
}
