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

    /// <summary>This run met it before, or it repeats the text before it.</summary>
    Unchanged,

    /// <summary>It is older than a text that an earlier run wrote, which stays.</summary>
    Late,
}
