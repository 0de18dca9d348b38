using System.Runtime.CompilerServices;

namespace IngestPipeline.Extraction.Content;

/// <summary>Writes one block's features in order; with a list it also notes their names.</summary>
internal ref struct FeatureRow(Span<int> values, List<string>? names)
{
    /// <summary>More features than any row has, for reading names.</summary>
    public const int Most = 1_000;

    private readonly Span<int> _values = values;
    private int _next;

    // A page's row is written some hundred times for each time that names are read: only the writing is worth inlining.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(string name, int value)
    {
        if (names is not null)
            names.Add(name);
        _values[_next++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<T>(string name, T part, int value)
    {
        if (names is not null)
            AddName(name, part);
        _values[_next++] = value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void AddName<T>(string name, T part) => names!.Add($"{name}.{part}");
}
