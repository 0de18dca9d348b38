namespace IngestPipeline.Extraction;

/// <summary>What an element's name means before the page is parsed.</summary>
internal enum TagRole
{
    /// <summary>It may be nested in itself without end.</summary>
    Plain,

    /// <summary>A link: opened again in every paragraph while it is not closed, though only one is ever open.</summary>
    Link,

    /// <summary>Opened again in every paragraph while it is not closed; a parser compares the attributes of those that are open.</summary>
    Formatting,

    /// <summary>It holds nothing.</summary>
    Void,

    /// <summary>The next of its kind closes it.</summary>
    SelfClosing,

    /// <summary>Its content is text.</summary>
    Raw,

    /// <summary>A script; its content is text with rules of its own.</summary>
    Script,

    /// <summary>A style sheet; its content is text.</summary>
    Style,
}
