namespace IngestPipeline.Pipeline;

/// <summary>Whether a capture brings anything new.</summary>
internal enum CaptureStanding
{
    /// <summary>Not known: it will be decided about.</summary>
    Fresh,

    /// <summary>The store holds it, with its decision, from an earlier run.</summary>
    Stored,

    /// <summary>The store holds it from an earlier run, whose decision is about a later revision.</summary>
    Superseded,

    /// <summary>This run met it before, it repeats the text before it, or it is older than the first text that the store holds.</summary>
    Unchanged,
}
