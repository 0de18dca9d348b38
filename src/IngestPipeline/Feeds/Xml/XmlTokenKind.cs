namespace IngestPipeline.Feeds.Xml;

/// <summary>What <see cref="XmlTokenizer"/> stands on.</summary>
internal enum XmlTokenKind
{
    /// <summary>Before the first token or after the last.</summary>
    None,

    /// <summary>An element begins; its attributes can be read.</summary>
    Start,

    /// <summary>An element ends; there is one for every <see cref="Start"/>, whatever the document says.</summary>
    End,

    /// <summary>A piece of character data.</summary>
    Text,
}
