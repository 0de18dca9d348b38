namespace IngestPipeline.Feeds.Text;

/// <summary>How the content of a text element is to be understood.</summary>
internal enum TextKind
{
    /// <summary>Plain text: a &lt; in it is a character.</summary>
    Plain,

    /// <summary>HTML, or text that may be: RSS does not say.</summary>
    Html,

    /// <summary>Markup that is part of the document itself.</summary>
    Xhtml,

    /// <summary>The same, in a div that only wraps it (RFC 4287 §3.1.1.3).</summary>
    XhtmlInDiv,

    /// <summary>HTML or text in base64.</summary>
    Base64,
}
