using System.Numerics;

namespace IngestPipeline.Boilerplate;

/// <summary>Says quickly which of many cues a text may hold.</summary>
internal sealed class CueFinder
{
    private readonly (int Cue, ushort[] Places)[]?[] _byStart = new (int, ushort[])[]?[TextGrams.Room * 64];
    private readonly ulong[] _starts = new ulong[TextGrams.Room];
    private readonly int[] _short;

    /// <summary>Takes the cues; their places in the list are their numbers.</summary>
    public CueFinder(IReadOnlyList<string> cues)
    {
        Room = (cues.Count + 63) / 64;
        var byLength = Enumerable.Range(0, cues.Count).ToLookup(c => cues[c].Length < TextGrams.Length);
        _short = [.. byLength[true]];
        foreach (var group in byLength[false].Select(c => (Cue: c, Places: TextGrams.PlacesOf(cues[c]))).GroupBy(c => c.Places[0]))
        {
            _byStart[group.Key] = [.. group];
            _starts[group.Key >> 6] |= 1UL << group.Key;
        }
    }

    /// <summary>Room for one bit a cue, in words.</summary>
    public int Room { get; }

    /// <summary>Sets the bits of the cues that the text may hold, and of those too short to be looked for; false when there are none.</summary>
    /// <param name="text">The text's.</param>
    /// <param name="found">Takes the bits: <see cref="Room"/> words, all 0.</param>
    public bool Find(TextGrams text, Span<ulong> found)
    {
        foreach (var cue in _short)
            found[cue >> 6] |= 1UL << cue;
        var any = _short.Length > 0;
        for (var word = 0; word < _starts.Length; word++)
        {
            for (var common = _starts[word] & text.Bits[word]; common != 0; common &= common - 1)
            {
                foreach (var (cue, places) in _byStart[(word << 6) | BitOperations.TrailingZeroCount(common)]!)
                {
                    if (!text.MayHold(places))
                        continue;
                    found[cue >> 6] |= 1UL << cue;
                    any = true;
                }
            }
        }

        return any;
    }
}
