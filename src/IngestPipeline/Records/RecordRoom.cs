namespace IngestPipeline.Records;

/// <summary>
/// Room for the bytes of articles and records between two publications. They live just long enough for the collector to move each of them twice, which was
/// a third of its time; here they are written one behind the other into blocks that are used again. What there is no room for is an array of its own.
/// </summary>
internal sealed class RecordRoom
{
    private const int BlockBytes = 1 << 20;
    private const int MostBlocks = 16;
    private const int Long = BlockBytes / 8;

    private readonly List<byte[]> _blocks = [];
    private int _block = -1;
    private int _used = BlockBytes;

    /// <summary>Room for so many bytes, with anything in it; good until <see cref="Clear"/>.</summary>
    public Memory<byte> Take(int length)
    {
        if (length > Long || (length > BlockBytes - _used && !Next()))
            return GC.AllocateUninitializedArray<byte>(length);
        _used += length;
        return _blocks[_block].AsMemory(_used - length, length);
    }

    /// <summary>A copy of bytes, good until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        var room = Take(bytes.Length);
        bytes.CopyTo(room.Span);
        return room;
    }

    /// <summary>Nobody asks for what was kept any more: its room is used again.</summary>
    public void Clear() => (_block, _used) = (-1, BlockBytes);

    private bool Next()
    {
        if (_block + 1 == MostBlocks)
            return false;
        if (++_block == _blocks.Count)
            _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockBytes));
        _used = 0;
        return true;
    }
}
