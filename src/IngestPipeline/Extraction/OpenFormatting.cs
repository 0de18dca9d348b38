namespace IngestPipeline.Extraction;

/// <summary>
/// Which formatting elements and links the parser may have to open again in the next text: none that it would is missing here, some may be here that it would
/// not. An end tag ends one of its own name only, and none from outside of a table, a cell or the like.
/// </summary>
internal struct OpenFormatting
{
    // From here on the parser gives up moving an end tag's element out of the blocks that it does not hold whole, and leaves it open.
    private const int MostBlocks = 8;

    // For each name how many are open, four bits each.
    private const int Bits = 4;
    private const ulong Most = (1UL << Bits) - 1;

    private ulong _open;
    private int _depth;
    private bool _isStuck;

    /// <summary>True when none is open.</summary>
    public readonly bool IsNone => _open == 0;

    /// <summary>Takes a start tag of one.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="depth">How deep it stands.</param>
    public void Open(TagId id, int depth)
    {
        _depth = _open == 0 ? depth : _depth;
        var shift = Shift(id);
        _isStuck |= ((_open >> shift) & Most) == Most;
        if (!_isStuck)
            _open += 1UL << shift;
    }

    /// <summary>Takes an end tag of one.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="depth">How deep it stands.</param>
    public void Close(TagId id, int depth)
    {
        var shift = Shift(id);
        if (((_open >> shift) & Most) == 0)
            return;
        _isStuck |= depth - _depth > MostBlocks;
        if (!_isStuck)
            _open -= 1UL << shift;
    }

    /// <summary>Takes any other start tag.</summary>
    public void Pass(TagId id) => _isStuck |= id >= TagId.Table && _open != 0;

    private static int Shift(TagId id) => (id - TagId.A) * Bits;
}
