using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>A bit for each shingle of a text that stands in another, so that those of a part are counted at once.</summary>
internal sealed class ShingleBits
{
    private const int BitsOfWord = 64;

    private ulong[] _bits = new ulong[16];

    // How many were found before each word of bits.
    private int[] _before = new int[16];

    /// <summary>Takes over which shingles were found.</summary>
    /// <param name="places">Their places in the other text; negative where one is missing.</param>
    public void Read(ReadOnlySpan<int> places)
    {
        var words = (places.Length + BitsOfWord - 1) / BitsOfWord;
        if (_bits.Length <= words)
            (_bits, _before) = (new ulong[words * 2], new int[words * 2]);
        var found = 0;
        for (var word = 0; word < words; word++, places = places[Math.Min(BitsOfWord, places.Length)..])
        {
            var missing = 0UL;
            var at = 0;
            for (; at < BitsOfWord && at + Vector256<int>.Count <= places.Length; at += Vector256<int>.Count)
                missing |= (ulong)Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(places), (nuint)at).ExtractMostSignificantBits() << at;
            for (; at < BitsOfWord && at < places.Length; at++)
                missing |= (ulong)((uint)places[at] >> 31) << at;
            (_bits[word], _before[word]) = (~missing & (at == BitsOfWord ? ulong.MaxValue : (1UL << at) - 1), found);
            found += BitOperations.PopCount(_bits[word]);
        }

        // For what is before the end.
        (_bits[words], _before[words]) = (0, found);
    }

    /// <summary>The first place, not before a given one, of a shingle that was found; the number of shingles when there is none.</summary>
    public int Next(int at, int count)
    {
        if (at >= count)
            return count;
        var word = at / BitsOfWord;
        var bits = _bits[word] & (ulong.MaxValue << at);
        while (bits == 0)
        {
            if (++word * BitsOfWord >= count)
                return count;
            bits = _bits[word];
        }

        return (word * BitsOfWord) + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>How many of the shingles before a place were found.</summary>
    public int CountBefore(int place)
    {
        var word = (uint)place / BitsOfWord;
        return _before[word] + BitOperations.PopCount(_bits[word] & ((1UL << place) - 1));
    }

    /// <summary>The 64ths of so many shingles of which more than half were found, lowest bit first.</summary>
    public ulong Coverage(int count)
    {
        var coverage = 0UL;
        for (int part = 1, start = 0, before = 0; part <= BitsOfWord; part++)
        {
            var end = (int)(((ulong)(uint)count * (uint)part) / BitsOfWord);
            var found = CountBefore(end);
            // The sign says whether it is more than half: no branch, which would be foreseen badly.
            coverage |= (ulong)((uint)(end - start - (2 * (found - before))) >> 31) << (part - 1);
            (start, before) = (end, found);
        }

        return coverage;
    }
}
