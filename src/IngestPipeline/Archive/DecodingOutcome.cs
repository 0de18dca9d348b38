namespace IngestPipeline.Archive;

/// <summary>How decoding a body ended.</summary>
public enum DecodingOutcome
{
    /// <summary>All of it was decoded.</summary>
    Complete,

    /// <summary>The encoded bytes are damaged or cut short; what precedes the fault was decoded.</summary>
    Damaged,

    /// <summary>A limit on size or ratio was met.</summary>
    TooLarge,

    /// <summary>The encoding is not known, or encodings are stacked.</summary>
    Refused,
}
