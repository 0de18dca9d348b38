namespace IngestPipeline.Extraction.Metadata;

/// <summary>Remembers what a page's class names say: templates repeat them on thousands of elements.</summary>
internal sealed class CueCache
{
    private const int MaxEntries = 20_000;
    private const int Typical = 300;
    private readonly Dictionary<string, (MarkKinds Kinds, bool IsFurniture)>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, (MarkKinds Kinds, bool IsFurniture)>(Typical, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public (MarkKinds Kinds, bool IsFurniture) Of(ReadOnlySpan<char> value)
    {
        if (_known.TryGetValue(value, out var known))
            return known;

        known = (PageCues.KindsOf(value), PageCues.IsFurniture(value));
        if (_known.Dictionary.Count < MaxEntries)
            _known.TryAdd(value, known);
        return known;
    }
}
