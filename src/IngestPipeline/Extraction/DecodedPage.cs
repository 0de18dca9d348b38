namespace IngestPipeline.Extraction;

/// <summary>A page's text after decoding. Disposing gives the text's memory back for the next page: a page is too large to be thrown away each time.</summary>
/// <param name="text">The text.</param>
/// <param name="charset">The WHATWG name of the encoding that was used.</param>
/// <param name="truncated">True when the page was cut.</param>
/// <param name="warning">What was wrong with the page's own label; null when nothing was.</param>
/// <param name="rented">The pool's array that the text stands in; null when it stands elsewhere.</param>
internal sealed class DecodedPage(ReadOnlyMemory<char> text, string charset, bool truncated, string? warning, char[]? rented = null) : IDisposable
{
    private char[]? _rented = rented;

    /// <summary>The text, without a byte order mark; good until this is disposed.</summary>
    public ReadOnlyMemory<char> Memory => text;

    /// <summary>The text as a string of its own.</summary>
    public string Text => text.ToString();

    /// <summary>The WHATWG name of the encoding that was used.</summary>
    public string Charset => charset;

    /// <summary>True when the page was longer than <see cref="PageDecoder.MaxBytes"/> and was cut there.</summary>
    public bool Truncated => truncated;

    /// <summary>What was wrong with the page's own label, in a short phrase; null when nothing was.</summary>
    public string? Warning => warning;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            PageMemory.Letters.Return(_rented);
        _rented = null;
    }
}
