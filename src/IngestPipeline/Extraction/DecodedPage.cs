namespace IngestPipeline.Extraction;

/// <summary>A page's text after decoding.</summary>
/// <param name="Text">The text, without a byte order mark.</param>
/// <param name="Charset">The WHATWG name of the encoding that was used.</param>
/// <param name="Truncated">True when the page was longer than <see cref="PageDecoder.MaxBytes"/> and was cut there.</param>
/// <param name="Warning">What was wrong with the page's own label, in a short phrase; null when nothing was.</param>
internal sealed record DecodedPage(string Text, string Charset, bool Truncated, string? Warning);
