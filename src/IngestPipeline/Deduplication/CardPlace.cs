namespace IngestPipeline.Deduplication;

/// <summary>Where a card is kept, in eight bytes.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="Segment">The segment that holds it.</param>
/// <param name="Blocks">Its length in blocks of <see cref="BlockLength"/> bytes, rounded up; 0 for no card.</param>
internal readonly record struct CardPlace(uint Offset, ushort Segment, ushort Blocks)
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = 64;

    /// <summary>The most bytes that a read returns; the last of them may belong to the next card.</summary>
    public int Length => Blocks * BlockLength;

    /// <summary>The place of a card of so many bytes.</summary>
    public static CardPlace Of(ushort segment, long offset, int length) =>
        new(checked((uint)offset), segment, checked((ushort)((length + BlockLength - 1) / BlockLength)));
}
