namespace IngestPipeline.Deduplication;

/// <summary>Where numbers stand in an array that may hold others', too.</summary>
/// <param name="block">The array; null for no numbers.</param>
/// <param name="start">The place of the first.</param>
internal readonly struct TextPlace(uint[]? block, int start)
{
    /// <summary>Memory that nothing else stands in, not cleared.</summary>
    public static TextPlace Own(int length) => new(GC.AllocateUninitializedArray<uint>(length), 0);

    /// <summary>Memory among what a batch keeps, or that nothing else stands in where there is no batch's; not cleared.</summary>
    public static TextPlace In(TextMemory? memory, int length) => memory?.Take(length) ?? Own(length);

    /// <summary>So many of the numbers.</summary>
    public Span<uint> Span(int length) => block.AsSpan(start, length);
}
