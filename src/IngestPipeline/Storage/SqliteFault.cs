namespace IngestPipeline.Storage;

/// <summary>What SQLite could not do, as far as somebody can mend it.</summary>
internal enum SqliteFault
{
    /// <summary>What its own message says.</summary>
    Other,

    /// <summary>Another process holds the file.</summary>
    Held,

    /// <summary>The file cannot be opened here, or not for writing.</summary>
    Denied,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The file is damaged.</summary>
    Damaged,

    /// <summary>The file is no database.</summary>
    OtherKind,
}
