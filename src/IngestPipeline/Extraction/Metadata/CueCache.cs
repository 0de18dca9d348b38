namespace IngestPipeline.Extraction.Metadata;

/// <summary>Remembers what a page's class names say: templates repeat them on thousands of elements.</summary>
internal sealed class CueCache
{
    private const int MaxEntries = 20_000;
    private const int Typical = 300;
    private readonly Dictionary<string, (MarkKinds Kinds, bool IsFurniture)> _known = new(Typical, StringComparer.Ordinal);

    public (MarkKinds Kinds, bool IsFurniture) Of(string value)
    {
        if (_known.TryGetValue(value, out var known))
            return known;

        known = (PageCues.KindsOf(value), PageCues.IsFurniture(value));
        if (_known.Count < MaxEntries)
            _known.Add(value, known);
        return known;
    }
}
