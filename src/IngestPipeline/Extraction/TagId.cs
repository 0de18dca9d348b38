namespace IngestPipeline.Extraction;

/// <summary>The elements in which the parser reads tags otherwise than elsewhere.</summary>
internal enum TagId : byte
{
    /// <summary>Any other element.</summary>
    Other,

    // The names are the elements' own.
#pragma warning disable CS1591
    Svg, Select, Noscript, Frameset, Plaintext, Math,
#pragma warning restore CS1591
}
