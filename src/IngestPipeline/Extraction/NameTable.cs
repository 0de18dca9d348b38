using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction;

/// <summary>
/// Remembers what a page's class names say: templates repeat them on thousands of elements. What it answers hangs on the value alone; of two values that share a place
/// the later one stays.
/// </summary>
internal sealed class NameTable
{
    /// <summary>Longer values are read anew each time.</summary>
    public const int MaxLength = 400;

    private const int PlaceBits = 10;

    private readonly NameFacts?[] _known = new NameFacts?[1 << PlaceBits];

    /// <summary>What a value says.</summary>
    /// <param name="value">The value, in the page's own memory: the table keeps it.</param>
    public NameFacts Of(ReadOnlyMemory<char> value)
    {
        if (value.Length == 0)
            return NameFacts.None;
        if (value.Length > MaxLength)
            return NameFacts.Read(value);

        ref var place = ref _known[NameHash.Of(value.Span) >> (64 - PlaceBits)];
        if (place is null || !value.Span.SequenceEqual(place.Value))
            place = value.Span.Contains(' ') ? Join(value) : NameFacts.Read(value);
        return place;
    }

    // What several names say is what each of them says; most stand in other values too.
    private NameFacts Join(ReadOnlyMemory<char> value)
    {
        var (cues, kinds, isFurniture) = (0UL, MarkKinds.None, false);
        foreach (var range in value.Span.Split(' '))
        {
            var name = Of(value[range]);
            (cues, kinds, isFurniture) = (cues | name.Cues, kinds | name.Kinds, isFurniture | name.IsFurniture);
        }

        return new(value, cues, NameHash.WithoutDigits(value.Span), kinds, isFurniture);
    }
}
