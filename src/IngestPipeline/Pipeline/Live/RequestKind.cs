namespace IngestPipeline.Pipeline.Live;

/// <summary>Why an article was asked for.</summary>
internal enum RequestKind
{
    /// <summary>A feed's entry, new or revised, named it.</summary>
    Feed,

    /// <summary>Its page is looked at again.</summary>
    Recheck,

    /// <summary>Someone put it back from quarantine.</summary>
    Retry,
}
