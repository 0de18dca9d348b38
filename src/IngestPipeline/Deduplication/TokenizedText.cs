using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A text as the copy comparison sees it: a hash and a kind for each word, without case, punctuation and apostrophes. Scripts that are
/// written without spaces give one token a character, and one for a number of several.
/// </summary>
/// <param name="Hashes">The tokens' hashes, in text order.</param>
/// <param name="Kinds">The tokens' kinds, as long as <paramref name="Hashes"/>.</param>
/// <param name="Places">Where the tokens stand; empty where that is not kept.</param>
/// <remarks>Offsets point into the text as given when it is in Unicode form C, which <see cref="Normalize"/> makes sure of.</remarks>
internal readonly record struct TokenizedText(uint[] Hashes, TokenKinds[] Kinds, TokenPlaces Places)
{
    /// <summary>Tokens kept of one text; what stands behind them is not compared.</summary>
    public const int MaxTokens = 40_000;

    /// <summary>Number of tokens.</summary>
    public int Count => Hashes.Length;

    /// <summary>The offset of each token's first character.</summary>
    public int[] Starts => Places.Starts;

    /// <summary>The offset behind each token's last character.</summary>
    public int[] Ends => Places.Ends;

    /// <summary>Splits a text. Equal texts give equal tokens in every culture.</summary>
    public static TokenizedText From(string text)
    {
        text = Normalize(text);
        // Most texts have a token every six characters; only scripts without spaces may have one a character.
        return Read(text, Math.Min(MaxTokens, (text.Length / 2) + 1)) ?? Read(text, Math.Min(MaxTokens, text.Length))!.Value;
    }

    // Null when there are more tokens than the capacity, and more than the limit is not the reason.
    private static TokenizedText? Read(string text, int capacity)
    {
        var hashes = ArrayPool<uint>.Shared.Rent(capacity);
        var kinds = ArrayPool<TokenKinds>.Shared.Rent(capacity);
        var places = ArrayPool<byte>.Shared.Rent(TokenPlaces.MostBytes(capacity, text.Length));
        try
        {
            var (count, bytes) = WordReader.Read(text, hashes, kinds, places, capacity);
            return count < 0 ? null : new(Copy(hashes, count), Copy(kinds, count), new(Copy(places, bytes), count));
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(hashes);
            ArrayPool<TokenKinds>.Shared.Return(kinds);
            ArrayPool<byte>.Shared.Return(places);
        }
    }

    // Not cleared before it is written, as a slice would be.
    private static T[] Copy<T>(T[] from, int count)
    {
        var copy = GC.AllocateUninitializedArray<T>(count);
        from.AsSpan(0, count).CopyTo(copy);
        return copy;
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
