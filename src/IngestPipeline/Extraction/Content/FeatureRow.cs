namespace IngestPipeline.Extraction.Content;

/// <summary>Writes one block's features in order; with a list it also notes their names.</summary>
internal ref struct FeatureRow(Span<int> values, List<string>? names)
{
    private readonly Span<int> _values = values;
    private int _next;

    public void Add(string name, int value)
    {
        names?.Add(name);
        _values[_next++] = value;
    }

    public void Add<T>(string name, T part, int value)
    {
        names?.Add($"{name}.{part}");
        _values[_next++] = value;
    }
}
