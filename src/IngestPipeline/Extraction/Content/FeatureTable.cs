namespace IngestPipeline.Extraction.Content;

/// <summary>One row of whole numbers a block: ratios in 1/1,000, lengths in characters, distances in blocks or levels.</summary>
/// <remarks>The rows start with any values; whoever makes a table writes all of them. Disposing gives the memory back for the next page.</remarks>
internal sealed class FeatureTable(int rows, int columns) : IDisposable
{
    private int[] _values = PageMemory.Numbers.Rent(rows * columns);

    /// <summary>How many blocks.</summary>
    public int Rows => rows;

    /// <summary>How many features a block.</summary>
    public int Columns => columns;

    /// <summary>How large features may become on this page.</summary>
    public PageBounds Bounds { get; init; } = PageBounds.None;

    /// <summary>The features of one block.</summary>
    public Span<int> this[int row] => _values.AsSpan(row * columns, columns);

    /// <summary>Gives the memory back; the rows are gone then.</summary>
    public void Dispose()
    {
        if (_values.Length > 0)
            PageMemory.Numbers.Return(_values);
        _values = [];
    }
}
