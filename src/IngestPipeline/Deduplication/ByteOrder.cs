namespace IngestPipeline.Deduplication;

/// <summary>Brings numbers that agree in one of their bytes together, by counting.</summary>
internal static class ByteOrder
{
    /// <summary>The values of a byte.</summary>
    public const int Values = 256;

    /// <summary>Writes numbers in the order of one byte, those of one value as they came.</summary>
    /// <param name="from">The numbers.</param>
    /// <param name="to">Gets them; elsewhere, and as long at least.</param>
    /// <param name="ends">Gets where those of each value end; of <see cref="Values"/> places.</param>
    /// <param name="shift">The lowest bit of the byte.</param>
    public static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> ends, int shift)
    {
        ends.Clear();
        foreach (var number in from)
            ends[(byte)(number >> shift)]++;
        for (int value = 0, start = 0; value < Values; value++)
            (ends[value], start) = (start, start + ends[value]);
        foreach (var number in from)
            to[ends[(byte)(number >> shift)]++] = number;
    }

    /// <summary>Sorts numbers of which each stands near its place, ascending.</summary>
    public static void Insert(Span<ulong> numbers)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            var number = numbers[i];
            var at = i;
            for (; at > 0 && numbers[at - 1] > number; at--)
                numbers[at] = numbers[at - 1];
            numbers[at] = number;
        }
    }
}
