namespace IngestPipeline.Archive;

/// <summary>How <see cref="WarcWriter"/> writes.</summary>
public sealed record WarcWriterOptions
{
    /// <summary>True = a gzip member per record; false = plain.</summary>
    public bool Compress { get; init; } = true;
}
