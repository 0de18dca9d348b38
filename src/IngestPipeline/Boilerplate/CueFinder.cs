using System.Numerics;

namespace IngestPipeline.Boilerplate;

/// <summary>Says quickly which of many cues a text may hold.</summary>
internal sealed class CueFinder
{
    private readonly (string Cue, ushort[] Places)[]?[] _byStart = new (string, ushort[])[]?[TextGrams.Room * 64];
    private readonly ulong[] _starts = new ulong[TextGrams.Room];
    private readonly string[] _short;

    /// <summary>Takes the cues.</summary>
    public CueFinder(IEnumerable<string> cues)
    {
        var byLength = cues.Distinct(StringComparer.Ordinal).ToLookup(c => c.Length < TextGrams.Length);
        _short = [.. byLength[true]];
        foreach (var group in byLength[false].Select(c => (Cue: c, Places: TextGrams.PlacesOf(c))).GroupBy(c => c.Places[0]))
        {
            _byStart[group.Key] = [.. group];
            _starts[group.Key >> 6] |= 1UL << group.Key;
        }
    }

    /// <summary>The cues that the text may hold, and those too short to be looked for; null when there are none.</summary>
    public List<string>? Find(TextGrams text)
    {
        List<string>? found = _short.Length > 0 ? [.. _short] : null;
        for (var word = 0; word < _starts.Length; word++)
        {
            for (var common = _starts[word] & text.Bits[word]; common != 0; common &= common - 1)
            {
                foreach (var (cue, places) in _byStart[(word << 6) | BitOperations.TrailingZeroCount(common)]!)
                {
                    if (text.MayHold(places))
                        (found ??= []).Add(cue);
                }
            }
        }

        return found;
    }
}
