using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace IngestPipeline.Extraction;

/// <summary>A hash of class names, in place of a string's, which differs between processes: four letters at a time.</summary>
internal static class NameHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>The hash of no letters.</summary>
    public static ulong Empty { get; } = Of([]);

    /// <summary>The hash of a value; its upper bits are the best.</summary>
    public static ulong Of(ReadOnlySpan<char> value)
    {
        // Never 0, which stands for no value.
        var hash = ~(ulong)value.Length;
        foreach (var letters in MemoryMarshal.Cast<char, ulong>(value))
            hash = BitOperations.RotateLeft((hash ^ letters) * Prime, 29);
        foreach (var letter in value[^(value.Length & 3)..])
            hash = (hash ^ letter) * Prime;
        return hash * Prime;
    }

    /// <summary>The hash of names in order, by those of the names before the last and of the last.</summary>
    public static ulong Join(ulong before, ulong last) => BitOperations.RotateLeft((before ^ last) * Prime, 29) + Prime;

    /// <summary>The hash of a value without its digits: equal for values that differ in numbers only.</summary>
    /// <param name="value">The value.</param>
    /// <param name="whole">The value's own hash.</param>
    public static ulong WithoutDigits(ReadOnlySpan<char> value, ulong whole)
    {
        if (!value.ContainsAnyInRange('0', '9'))
            return whole;

        var letters = ArrayPool<char>.Shared.Rent(value.Length);
        var length = 0;
        foreach (var c in value)
        {
            letters[length] = c;
            length += char.IsAsciiDigit(c) ? 0 : 1;
        }

        var hash = Of(letters.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(letters);
        return hash;
    }
}
