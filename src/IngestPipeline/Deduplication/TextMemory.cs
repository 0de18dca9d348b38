namespace IngestPipeline.Deduplication;

/// <summary>
/// Hands out memory for the words of many texts from few arrays, of which the collector has less to mark and to move than of several small ones for each text.
/// A block is given back when the last text in it goes. Not safe for two threads.
/// </summary>
internal sealed class TextMemory
{
    private TextBlock? _block;
    private int _taken;

    /// <summary>Memory for so many numbers, not cleared.</summary>
    public TextPlace Take(int length)
    {
        if (length > TextBlock.Length / 4)
            return TextPlace.Own(length);
        if (_block is null || length > TextBlock.Length - _taken)
            (_block, _taken) = (TextBlock.Take(), 0);
        var place = new TextPlace(_block.Numbers, _taken, _block);
        _taken += length;
        return place;
    }
}
