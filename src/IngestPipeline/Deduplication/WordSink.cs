namespace IngestPipeline.Deduplication;

/// <summary>Takes the words of a text in their order, and what stands between them.</summary>
/// <param name="hashes">Gets the words' hashes; as long as there is room for words.</param>
/// <param name="kinds">Gets their kinds.</param>
/// <param name="places">Gets where they stand, see <see cref="TokenPlaces"/>.</param>
internal ref struct WordSink(Span<uint> hashes, Span<TokenKinds> kinds, Span<byte> places)
{
    /// <summary>The words' hashes, of which <see cref="Count"/> are set.</summary>
    public readonly Span<uint> Hashes = hashes;

    /// <summary>Their kinds.</summary>
    public readonly Span<TokenKinds> Kinds = kinds;

    /// <summary>Where they stand.</summary>
    public readonly Span<byte> Places = places;

    /// <summary>The number of words.</summary>
    public int Count;

    /// <summary>The bytes of their places.</summary>
    public int Bytes;

    /// <summary>The place in the text behind the last word.</summary>
    public int End;

    /// <summary>What begins with the next word.</summary>
    public TokenKinds Boundary = TokenKinds.SentenceStart | TokenKinds.ParagraphStart;

    /// <summary>Whether the next word stands between quotation marks.</summary>
    public TokenKinds Quoted;
}
