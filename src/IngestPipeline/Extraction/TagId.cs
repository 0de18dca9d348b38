namespace IngestPipeline.Extraction;

/// <summary>The elements in which the parser reads tags otherwise than elsewhere.</summary>
internal enum TagId : byte
{
    /// <summary>Any other element.</summary>
    Other,

    // The names are the elements' own.
#pragma warning disable CS1591
    Svg, Select, Option, Optgroup, Noscript, Frameset, Plaintext, Math,

    // Formatting, and links.
    A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U,

    // An end tag of formatting that was opened outside of them ends nothing.
    Table, Td, Th, Caption, Object, Applet, Marquee, Template, ForeignObject, Desc,
#pragma warning restore CS1591
}
