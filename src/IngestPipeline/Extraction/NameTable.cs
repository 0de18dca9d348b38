using System.Numerics;
using System.Runtime.InteropServices;

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

    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly NameFacts?[] _known = new NameFacts?[1 << PlaceBits];

    /// <summary>What a value says.</summary>
    public NameFacts Of(ReadOnlySpan<char> value)
    {
        if (value.Length == 0)
            return NameFacts.None;
        if (value.Length > MaxLength)
            return NameFacts.Read(value);

        ref var place = ref _known[Place(value)];
        if (place is null || !value.SequenceEqual(place.Value))
            place = NameFacts.Read(value);
        return place;
    }

    // Four letters at a time.
    private static int Place(ReadOnlySpan<char> value)
    {
        var hash = (ulong)value.Length;
        foreach (var letters in MemoryMarshal.Cast<char, ulong>(value))
            hash = BitOperations.RotateLeft((hash ^ letters) * Prime, 29);
        foreach (var letter in value[^(value.Length & 3)..])
            hash = (hash ^ letter) * Prime;
        return (int)((hash * Prime) >> (64 - PlaceBits));
    }
}
