namespace IngestPipeline.Archive;

/// <summary>Writes WARC/1.1 records to a stream.</summary>
public sealed class WarcWriter(Stream output, WarcWriterOptions options)
{
    /// <summary>The stream written to.</summary>
    public Stream Output { get; } = output;

    /// <summary>The options given.</summary>
    public WarcWriterOptions Options { get; } = options;
}
