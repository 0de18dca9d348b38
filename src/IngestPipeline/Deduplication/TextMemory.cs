namespace IngestPipeline.Deduplication;

/// <summary>
/// Hands out memory for the words of many texts from few arrays, of which the collector has less to mark and to move than of several small ones for each text.
/// A block goes when the last text in it does. Not safe for two threads.
/// </summary>
internal sealed class TextMemory
{
    // A dozen texts; not among the large objects, which are collected with the oldest only.
    private const int BlockLength = 1 << 14;

    private uint[] _block = [];
    private int _taken;

    /// <summary>Memory for so many numbers, not cleared.</summary>
    public TextPlace Take(int length)
    {
        if (length > BlockLength / 4)
            return TextPlace.Own(length);
        if (length > _block.Length - _taken)
            (_block, _taken) = (GC.AllocateUninitializedArray<uint>(BlockLength), 0);
        var place = new TextPlace(_block, _taken);
        _taken += length;
        return place;
    }
}
