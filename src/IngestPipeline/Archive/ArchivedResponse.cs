namespace IngestPipeline.Archive;

/// <summary>An archived answer with its bytes.</summary>
/// <param name="Capture">Which capture it is.</param>
/// <param name="Status">The HTTP status to answer with; a revisit has the status of what it refers to; 0 = the fetch failed.</param>
/// <param name="Headers">
/// Header fields in recorded order, duplicates kept, without those that describe the transfer only (Content-Length and Transfer-Encoding
/// among them), and without a Content-Encoding that the body plainly does not have.
/// </param>
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

    /// <summary>True when the body is only the beginning of what was sent.</summary>
    public bool IsCut { get; init; }

    /// <summary>True when the server answered 304 at this visit: what a conditional request should get.</summary>
    public bool IsNotModified { get; init; }

    /// <summary>For a fetch that failed: a name of <see cref="HttpRequestError"/>, or <c>Canceled</c>; else null.</summary>
    public string? FailureKind { get; init; }
}
