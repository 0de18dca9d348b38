using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The numbers, words and word pairs of an article, by which a retelling of one report is told from an independent report. Words and pairs are worked out when
/// they are first asked for: of most related reports the numbers say enough.
/// </summary>
internal sealed class Phrasing
{
    private const int WeightBits = 16;

    /// <summary>Words less rare than this weigh nothing, in sixteenths of a bit.</summary>
    private const int LeastRarity = 32;

    /// <summary>Words less rare than this, in sixteenths of a bit, stand in no pair, so that "killed in" and "killed at" tell the same.</summary>
    private const int LeastRarityOfPair = 41;

    private readonly Fingerprint _print;
    private readonly TokenizedText _own;
    private readonly uint[] _numbers;
    private (TokenizedText Text, byte[]? Rarities)? _terms;
    private ulong[]? _words;
    private ulong[]? _pairs;

    private Phrasing(Fingerprint print)
    {
        (_print, _own) = (print, print.OwnText());
        _numbers = Numbers(_own);
    }

    // Each word or pair once, ascending: its hash in the upper 48 bits, its weight in the lower 16.
    private ulong[] Words => _words ??= MakeWords();

    private ulong[] Pairs => _pairs ??= MakePairs();

    // The terms that are compared, with rarities where these are estimated.
    private (TokenizedText Text, byte[]? Rarities) Terms => _terms ??= Read();

    /// <summary>Of an article.</summary>
    public static Phrasing Of(Fingerprint print) => new(print);

    /// <summary>The share of the weight of words that two texts have in common, on the mean of both, in 1/10,000.</summary>
    public int SharedWords(Phrasing other)
    {
        var (a, b) = Shares(Words, other.Words);
        return (a + b) / 2;
    }

    /// <summary>The share of the weight of word pairs that two texts have in common, at the least, in 1/10,000.</summary>
    public int SharedPairs(Phrasing other)
    {
        var (a, b) = Shares(Pairs, other.Pairs);
        return Math.Min(a, b);
    }

    /// <summary>True when both texts give several numbers and hardly the same ones.</summary>
    public bool GivesOtherNumbers(Phrasing other)
    {
        var fewer = Math.Min(_numbers.Length, other._numbers.Length);
        return fewer >= 3 && Common(_numbers, other._numbers) < 0.4 * fewer;
    }

    private (TokenizedText Text, byte[]? Rarities) Read()
    {
        if (BackgroundWords.Know(_own) || TermLanguages.Of(_print) is not { } language)
            return (_own, null);
        var terms = language.Read(_print.Text, _print.OwnTokens());
        return (terms.Text, terms.Rarities);
    }

    private ulong[] MakeWords()
    {
        var (text, rarities) = Terms;
        var hashes = text.Hashes;
        var kinds = text.Kinds;
        var words = ArrayPool<ulong>.Shared.Rent(text.Count);
        var count = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            if (IsOwn(kinds[i]))
                words[count++] = Gram((ulong)hashes[i] << 32, Weight(rarities?[i] ?? BackgroundWords.Rarity(hashes[i])));
        }

        return Distinct(words, count);
    }

    private ulong[] MakePairs()
    {
        var (text, rarities) = Terms;
        var hashes = text.Hashes;
        var kinds = text.Kinds;
        var pairs = ArrayPool<ulong>.Shared.Rent(text.Count);
        var count = 0;
        var (previous, previousRarity) = (0U, 0);
        for (var i = 0; i < hashes.Length; i++)
        {
            var word = hashes[i];
            if (!IsOwn(kinds[i]) || (rarities?[i] ?? BackgroundWords.Rarity(word)) is var rarity && rarity < LeastRarityOfPair)
                continue;
            if (previousRarity > 0)
                pairs[count++] = Gram(((previous * 0x9E3779B97F4A7C15) + word) * 0xBF58476D1CE4E5B9, Weight(previousRarity) + Weight(rarity));
            (previous, previousRarity) = (word, rarity);
        }

        return Distinct(pairs, count);
    }

    // What a text quotes is left out: independent reports quote the same words.
    private static bool IsOwn(TokenKinds kind) => (kind & TokenKinds.Quoted) == TokenKinds.None;

    // Each once, ascending. All terms of a language that is not measured are mixed with one number more, which changes nothing of what two texts share.
    private static uint[] Numbers(TokenizedText text)
    {
        var numbers = ArrayPool<uint>.Shared.Rent(text.Count);
        var hashes = text.Hashes;
        var kinds = MemoryMarshal.AsBytes(text.Kinds);
        int count = 0, at = 0;
        for (; at + Vector256<byte>.Count <= kinds.Length; at += Vector256<byte>.Count)
        {
            // The number's bit is the lowest.
            for (var bits = (Vector256.Create(kinds[at..]) << 7).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                numbers[count++] = hashes[at + BitOperations.TrailingZeroCount(bits)];
        }

        for (; at < kinds.Length; at++)
        {
            if ((kinds[at] & (byte)TokenKinds.Number) != 0)
                numbers[count++] = hashes[at];
        }

        numbers.AsSpan(0, count).Sort();
        var each = Distinct(numbers.AsSpan(0, count)).ToArray();
        ArrayPool<uint>.Shared.Return(numbers);
        return each;
    }

    private static (int A, int B) Shares(ulong[] a, ulong[] b)
    {
        long totalA = 0, totalB = 0;
        foreach (var gram in a)
            totalA += (ushort)gram;
        foreach (var gram in b)
            totalB += (ushort)gram;

        // Equal hashes have equal weights.
        var shared = CommonWeight(a, b);
        return totalA == 0 || totalB == 0 ? (0, 0) : ((int)(shared * 10_000 / totalA), (int)(shared * 10_000 / totalB));
    }

    // Of two ascending lists; no branch for which number comes first: it is foreseen badly.
    private static int Common(uint[] a, uint[] b)
    {
        int common = 0, i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            common += x == y ? 1 : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return common;
    }

    private static long CommonWeight(ulong[] a, ulong[] b)
    {
        var common = 0L;
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var (x, y) = (a[i], b[j]);
            common += x == y ? (ushort)x : 0;
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }

        return common;
    }

    private static int Weight(int rarity) => Math.Max(0, rarity - LeastRarity);

    private static ulong Gram(ulong hash, int weight) => (hash >> WeightBits << WeightBits) | (uint)weight;

    // Gives the grams' array back to the pool.
    private static ulong[] Distinct(ulong[] grams, int count)
    {
        HashSort.Sort(grams.AsSpan(0, count));
        var each = Distinct(grams.AsSpan(0, count)).ToArray();
        ArrayPool<ulong>.Shared.Return(grams);
        return each;
    }

    // Each once, of ascending values.
    private static ReadOnlySpan<T> Distinct<T>(Span<T> values)
        where T : IEquatable<T>
    {
        var distinct = 0;
        foreach (var value in values)
        {
            if (distinct == 0 || !value.Equals(values[distinct - 1]))
                values[distinct++] = value;
        }

        return values[..distinct];
    }
}
