namespace IngestPipeline.Extraction;

/// <summary>A page as it was fetched, undecoded.</summary>
/// <param name="Body">The bytes after transfer and content decoding.</param>
/// <param name="Url">The page's address; null when unknown.</param>
/// <param name="ContentType">The Content-Type header; null when unknown.</param>
/// <param name="Charset">A charset known from elsewhere, which wins over the header; null to find it out.</param>
/// <param name="IsPlainText">True when the body is plain text and not HTML.</param>
public sealed record PageInput(ReadOnlyMemory<byte> Body, Uri? Url = null, string? ContentType = null, string? Charset = null, bool IsPlainText = false);
