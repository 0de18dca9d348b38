namespace IngestPipeline.Extraction.Tree;

/// <summary>An attribute, read from the parser's own memory while the document lives.</summary>
internal readonly struct TreeAttribute(ReadOnlyMemory<char> name, ReadOnlyMemory<char> value)
{
    /// <summary>The name in lower case.</summary>
    public ReadOnlySpan<char> Name => name.Span;

    /// <summary>The value; empty when it has none.</summary>
    public ReadOnlySpan<char> Value => value.Span;

    /// <summary>The value in the parser's memory.</summary>
    public ReadOnlyMemory<char> Memory => value;
}
