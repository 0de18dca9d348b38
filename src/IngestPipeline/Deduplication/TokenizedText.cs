using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A text as the copy comparison sees it: a hash and a kind for each word, without case, punctuation and apostrophes. Scripts that are
/// written without spaces give one token a character, and one for a number of several.
/// </summary>
/// <remarks>Offsets point into the text as given when it is in Unicode form C, which <see cref="Normalize"/> makes sure of.</remarks>
internal readonly struct TokenizedText
{
    // The hashes, then a byte of each kind, then the bytes of the places: what is kept of thousands of texts is a load on the collector by its pieces, too.
    private readonly TextPlace _place;
    private readonly int _bytes;

    /// <summary>Words that were read.</summary>
    /// <param name="hashes">Their hashes, in text order.</param>
    /// <param name="kinds">Their kinds, as many as hashes.</param>
    /// <param name="places">Where they stand, see <see cref="TokenPlaces"/>; empty where that is not kept.</param>
    /// <param name="memory">Where all of this is kept; null for memory of its own.</param>
    public TokenizedText(ReadOnlySpan<uint> hashes, ReadOnlySpan<TokenKinds> kinds, ReadOnlySpan<byte> places, TextMemory? memory = null)
    {
        (Count, _bytes) = (hashes.Length, places.Length);
        if (Count == 0)
            return;
        var length = Length;
        _place = TextPlace.In(memory, length);
        var numbers = _place.Span(length);
        hashes.CopyTo(numbers);
        var bytes = MemoryMarshal.AsBytes(numbers[Count..]);
        MemoryMarshal.AsBytes(kinds).CopyTo(bytes);
        places.CopyTo(bytes[Count..]);
    }

    /// <summary>Tokens kept of one text; what stands behind them is not compared.</summary>
    public const int MaxTokens = 40_000;

    /// <summary>Number of tokens.</summary>
    public int Count { get; }

    /// <summary>The tokens' hashes, in text order.</summary>
    public ReadOnlySpan<uint> Hashes => _place.Span(Count);

    /// <summary>The tokens' kinds.</summary>
    public ReadOnlySpan<TokenKinds> Kinds => MemoryMarshal.Cast<uint, TokenKinds>(_place.Span(Length)[Count..])[..Count];

    /// <summary>Where the tokens stand.</summary>
    public TokenPlaces Places => new(MemoryMarshal.AsBytes(_place.Span(Length)[Count..]).Slice(Count, _bytes));

    /// <summary>The offsets of the tokens' first characters, and those behind their last ones.</summary>
    public (int[] Starts, int[] Ends) ReadPlaces()
    {
        var (starts, ends) = (new int[Count], new int[Count]);
        Places.CopyTo(starts, ends);
        return (starts, ends);
    }

    private int Length => Count + ((Count + _bytes + sizeof(uint) - 1) / sizeof(uint));

    /// <summary>Splits a text. Equal texts give equal tokens in every culture.</summary>
    /// <param name="text">The text.</param>
    /// <param name="memory">Where the tokens are kept; null for memory of its own.</param>
    public static TokenizedText From(string text, TextMemory? memory = null)
    {
        text = Normalize(text);
        // Most texts have a token every six characters; only scripts without spaces may have one a character.
        return Read(text, Math.Min(MaxTokens, (text.Length / 2) + 1), memory) ?? Read(text, Math.Min(MaxTokens, text.Length), memory)!.Value;
    }

    // Null when there are more tokens than the capacity, and more than the limit is not the reason.
    private static TokenizedText? Read(string text, int capacity, TextMemory? memory)
    {
        var hashes = ArrayPool<uint>.Shared.Rent(capacity);
        var kinds = ArrayPool<TokenKinds>.Shared.Rent(capacity);
        var places = ArrayPool<byte>.Shared.Rent(TokenPlaces.MostBytes(capacity, text.Length));
        try
        {
            var (count, bytes) = WordReader.Read(text, hashes, kinds, places, capacity);
            return count < 0 ? null : new(hashes.AsSpan(0, count), kinds.AsSpan(0, count), places.AsSpan(0, bytes), memory);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(hashes);
            ArrayPool<TokenKinds>.Shared.Return(kinds);
            ArrayPool<byte>.Shared.Return(places);
        }
    }

    /// <summary>The text in Unicode form C; lone surrogates and U+FFFE are replaced, so that no input throws.</summary>
    public static string Normalize(string text)
    {
        if (IsNormal(text))
            return text;
        if (HasLoneSurrogate(text))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        text = text.Replace('\uFFFE', '\uFFFD');
        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    // Latin letters up to the combining marks and punctuation, which no normalisation changes: most texts hold nothing else.
    private static bool IsNormal(string text)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text.AsSpan());
        for (; units.Length >= Vector256<ushort>.Count; units = units[Vector256<ushort>.Count..])
        {
            var block = Vector256.Create<ushort>(units);
            var normal = Vector256.LessThan(block, Vector256.Create((ushort)0x300))
                | Vector256.LessThanOrEqual(block - Vector256.Create((ushort)0x2002), Vector256.Create((ushort)(0x20CF - 0x2002)));
            if (normal != Vector256<ushort>.AllBitsSet)
                return false;
        }

        foreach (var unit in units)
        {
            if (unit >= 0x300 && unit is < 0x2002 or > 0x20CF)
                return false;
        }

        return true;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
