using System.Numerics;
using System.Runtime.InteropServices;

namespace IngestPipeline.Extraction;

/// <summary>
/// Remembers what class names say, from page to page: templates repeat them on thousands of elements. What it answers hangs on the value alone, so that nothing depends on
/// what was read before. Of two values that share a place the later one stays, which bounds the memory to some megabytes. Safe to use from several threads.
/// </summary>
internal sealed class NameTable
{
    /// <summary>Longer values are read anew each time.</summary>
    public const int MaxLength = 400;

    /// <summary>The size of a table for one page.</summary>
    public const int OfPage = 8;

    /// <summary>The size of a table for all pages.</summary>
    public const int OfAll = 15;

    private const ulong Prime = 0x9E3779B97F4A7C15;

    private readonly NameFacts?[] _known;
    private readonly int _shift;

    /// <summary>Makes an empty table.</summary>
    /// <param name="bits">How many values it holds at most, as a power of two.</param>
    public NameTable(int bits) => (_known, _shift) = (new NameFacts?[1 << bits], 64 - bits);

    /// <summary>What a value says.</summary>
    public NameFacts Of(ReadOnlySpan<char> value)
    {
        if (value.Length == 0)
            return NameFacts.None;
        if (value.Length > MaxLength)
            return NameFacts.Read(value);

        // A reference is read and written whole; whoever reads it late reads the value once more.
        ref var place = ref _known[Place(value)];
        var known = Volatile.Read(ref place);
        if (known is null || !value.SequenceEqual(known.Value))
            Volatile.Write(ref place, known = NameFacts.Read(value));
        return known;
    }

    // Four letters at a time.
    private int Place(ReadOnlySpan<char> value)
    {
        var hash = (ulong)value.Length;
        foreach (var letters in MemoryMarshal.Cast<char, ulong>(value))
            hash = BitOperations.RotateLeft((hash ^ letters) * Prime, 29);
        foreach (var letter in value[^(value.Length & 3)..])
            hash = (hash ^ letter) * Prime;
        return (int)((hash * Prime) >> _shift);
    }
}
