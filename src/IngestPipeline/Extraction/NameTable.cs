using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction;

/// <summary>
/// Remembers what a page's class names say: templates repeat them on thousands of elements. What it answers hangs on the value alone; of two values that share
/// a place the later one stays.
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

        var hash = NameHash.Of(value.Span);
        ref var place = ref _known[hash >> (64 - PlaceBits)];
        if (place is null || !value.Span.SequenceEqual(place.Value))
            place = value.Span.IndexOf(' ') is >= 0 and var blank ? Join(value, blank) : NameFacts.Read(value, hash);
        return place;
    }

    // What several names say is what each of them says; most stand in other values too. So do their styles: values are of one style where their names are, in
    // order.
    private NameFacts Join(ReadOnlyMemory<char> value, int blank)
    {
        var (cues, style, kinds, isFurniture) = (0UL, 0UL, MarkKinds.None, false);
        for (var rest = value; ; rest = rest[(blank + 1)..], blank = rest.Span.IndexOf(' '))
        {
            var name = Of(blank < 0 ? rest : rest[..blank]);

            // A name of digits alone is none, and of its style.
            var own = ReferenceEquals(name, NameFacts.None) ? NameHash.Empty : name.Style;
            (cues, style, kinds, isFurniture) = (cues | name.Cues, NameHash.Join(style, own), kinds | name.Kinds, isFurniture | name.IsFurniture);
            if (blank < 0)
                return new(value, cues, style, kinds, isFurniture);
        }
    }
}
