namespace IngestPipeline.Extraction;

/// <summary>Remembers what a page's class names say: templates repeat them on thousands of elements.</summary>
internal sealed class NameTable
{
    private const int MaxEntries = 20_000;
    private const int Typical = 300;

    private readonly Dictionary<string, NameFacts>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, NameFacts>(Typical, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What a value says.</summary>
    public NameFacts Of(ReadOnlySpan<char> value)
    {
        if (value.Length == 0)
            return NameFacts.None;

        if (_known.TryGetValue(value, out var known))
            return known;

        known = NameFacts.Read(value);
        if (_known.Dictionary.Count < MaxEntries)
            _known.TryAdd(value, known);
        return known;
    }
}
