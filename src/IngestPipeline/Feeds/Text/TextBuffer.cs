namespace IngestPipeline.Feeds.Text;

/// <summary>Text that is put together piece by piece in one array, which the next text uses again.</summary>
internal sealed class TextBuffer
{
    // One long text must not keep its memory for the rest of the document.
    private const int MostKept = 1 << 16;

    private char[] _text = new char[1024];

    /// <summary>How many characters there are.</summary>
    public int Length { get; private set; }

    /// <summary>The characters; valid until the next change.</summary>
    public ReadOnlySpan<char> Span => _text.AsSpan(0, Length);

    /// <summary>Empties the buffer.</summary>
    public void Clear()
    {
        Length = 0;
        if (_text.Length > MostKept)
            _text = new char[1024];
    }

    /// <summary>Adds characters.</summary>
    public TextBuffer Append(ReadOnlySpan<char> text)
    {
        if (Length + text.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, Length + text.Length));
        text.CopyTo(_text.AsSpan(Length));
        Length += text.Length;
        return this;
    }

    /// <summary>Adds a character.</summary>
    public TextBuffer Append(char c)
    {
        if (Length == _text.Length)
            Array.Resize(ref _text, _text.Length * 2);
        _text[Length++] = c;
        return this;
    }
}
