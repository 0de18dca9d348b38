namespace IngestPipeline.Archive;

/// <summary>What kind of record holds a capture.</summary>
public enum CaptureKind
{
    /// <summary>An HTTP response with its body.</summary>
    Response,

    /// <summary>A visit whose payload is that of an earlier capture.</summary>
    Revisit,

    /// <summary>A document stored without an HTTP message (WARC <c>resource</c>).</summary>
    Resource,

    /// <summary>A document made from another one, such as the plain text of a page (WARC <c>conversion</c>).</summary>
    Conversion,

    /// <summary>A fetch that ended without an answer (WARC <c>metadata</c> with the outcome).</summary>
    Failure,

    /// <summary>A file of a folder.</summary>
    File,
}
