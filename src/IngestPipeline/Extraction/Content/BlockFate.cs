namespace IngestPipeline.Extraction.Content;

/// <summary>What became of a block of a page.</summary>
internal enum BlockFate
{
    /// <summary>It is part of the text.</summary>
    Kept,

    /// <summary>It is kept beside the text: a caption, an embedded post, a syndication note.</summary>
    Beside,

    /// <summary>It was removed.</summary>
    Removed,
}
