namespace IngestPipeline.Extraction;

/// <summary>Which of an element's attributes somebody reads.</summary>
internal enum TagUse
{
    /// <summary>What is read of most elements: names, roles, dates, whether it is shown.</summary>
    Common,

    /// <summary>All that are read anywhere.</summary>
    Whole,

    /// <summary>The same as of most, and an address that says whose page it leads to.</summary>
    Anchor,

    /// <summary>All, where it says what the page is called or which picture stands for it; else it is not read itself.</summary>
    Link,

    /// <summary>Its type alone.</summary>
    Typed,

    /// <summary>None.</summary>
    Mute,
}
