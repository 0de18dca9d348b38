using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A bit for each shingle of a text among many more bits: of a shingle whose bit is not set the text has none. Tells at the cost of counting that two texts
/// share little.
/// </summary>
internal sealed class ShingleFilter
{
    private const int BitsOfWord = 64;

    // Of the shingles that a text has not, one in so many passes for one that it has.
    private const int BitsOfShingle = 64;
    private const int LeastWords = 16;

    private ulong[] _bits = new ulong[LeastWords];
    private int _mask = LeastWords - 1;

    /// <summary>The different shingles of the text at the least.</summary>
    public int Distinct { get; private set; }

    /// <summary>Takes over a text's shingles.</summary>
    public void Read(ReadOnlySpan<uint> shingles)
    {
        var words = Math.Max(LeastWords, (int)BitOperations.RoundUpToPowerOf2((uint)shingles.Length * BitsOfShingle / BitsOfWord));
        if (_bits.Length < words)
            _bits = new ulong[words];
        else
            _bits.AsSpan(0, words).Clear();
        _mask = words - 1;
        // Without checks of bounds: the mask is less than the bits are long.
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        var (mask, distinct) = ((uint)_mask, 0);
        foreach (var shingle in shingles)
        {
            ref var word = ref Unsafe.Add(ref bits, (shingle / BitsOfWord) & mask);
            distinct += (int)(~word >> (int)shingle) & 1;
            word |= 1UL << (int)shingle;
        }

        Distinct = distinct;
    }

    /// <summary>False when the text has no such shingle.</summary>
    public bool MayHold(uint shingle) => (_bits[(shingle / BitsOfWord) & _mask] >> (int)shingle & 1) != 0;

    /// <summary>How many of another text's shingles the text has at the most.</summary>
    public int MostOf(ReadOnlySpan<uint> shingles)
    {
        ref var bits = ref MemoryMarshal.GetArrayDataReference(_bits);
        var (mask, most) = ((uint)_mask, 0);
        foreach (var shingle in shingles)
            most += (int)(Unsafe.Add(ref bits, (shingle / BitsOfWord) & mask) >> (int)shingle) & 1;
        return most;
    }
}
