using System.IO.Compression;

namespace IngestPipeline.Archive;

/// <summary>How <see cref="WarcWriter"/> writes.</summary>
public sealed record WarcWriterOptions
{
    /// <summary>True = a gzip member per record; false = plain.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>How hard to compress.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Optimal;

    /// <summary>False = a <see cref="CaptureSession"/> keeps the facts of an answer and not the answer.</summary>
    public bool Bodies { get; init; } = true;
}
