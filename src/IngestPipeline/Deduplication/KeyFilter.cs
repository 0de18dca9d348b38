using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A bit for each key of a batch among many more bits, and another for each that several postings have: tells without a branch which keys are worth a look-up.
/// </summary>
internal sealed class KeyFilter
{
    private const int BitsOfWord = 64;
    private const int BitsOfPosting = 8;

    private readonly ulong[] _held;
    private readonly ulong[] _shared;
    private readonly int _shift;

    /// <summary>The keys of a batch.</summary>
    public KeyFilter(PostingRun run)
    {
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((long)run.Count * BitsOfPosting, BitsOfWord, 1 << 30)));
        _shift = (sizeof(uint) * 8) - bits;
        (_held, _shared) = (new ulong[(1 << bits) / BitsOfWord], new ulong[(1 << bits) / BitsOfWord]);
        var before = 0U;
        for (var at = 0; at < run.Count; at++)
        {
            var key = run.KeyAt(at);
            var place = key >> _shift;
            _held[place / BitsOfWord] |= 1UL << (int)place;
            _shared[place / BitsOfWord] |= (at > 0 && key == before ? 1UL : 0) << (int)place;
            before = key;
        }
    }

    /// <summary>Puts the keys first that the batch may have; returns how many these are.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="isShared">True to leave out those that only one posting has.</param>
    public int Keep(Span<uint> keys, bool isShared)
    {
        var (bits, count) = (isShared ? _shared : _held, 0);
        foreach (var key in keys)
        {
            var place = PostingPages.Mix(key) >> _shift;
            keys[count] = key;
            count += (int)(bits[place / BitsOfWord] >> (int)place) & 1;
        }

        return count;
    }
}
