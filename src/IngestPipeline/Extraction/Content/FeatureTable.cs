namespace IngestPipeline.Extraction.Content;

/// <summary>One row of whole numbers a block: ratios in 1/1,000, lengths in characters, distances in blocks or levels.</summary>
internal sealed class FeatureTable(int rows, int columns)
{
    private readonly int[] _values = new int[rows * columns];

    /// <summary>How many blocks.</summary>
    public int Rows => rows;

    /// <summary>How many features a block.</summary>
    public int Columns => columns;

    /// <summary>The features of one block.</summary>
    public Span<int> this[int row] => _values.AsSpan(row * columns, columns);
}
