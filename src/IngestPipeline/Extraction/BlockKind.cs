namespace IngestPipeline.Extraction;

/// <summary>What a block of an article is.</summary>
public enum BlockKind
{
    /// <summary>A paragraph of running text.</summary>
    Paragraph,

    /// <summary>A heading inside the body.</summary>
    Heading,

    /// <summary>A quotation set apart.</summary>
    Quote,

    /// <summary>An item of a list.</summary>
    ListItem,

    /// <summary>A table, a row a line, cells parted by " | ".</summary>
    Table,

    /// <summary>Preformatted text.</summary>
    Preformatted,

    /// <summary>The standfirst under the headline.</summary>
    Standfirst,

    /// <summary>A caption or credit; kept apart from the text.</summary>
    Caption,

    /// <summary>An embedded post or player; kept apart from the text.</summary>
    Embed,

    /// <summary>A correction or editor's note; part of the text.</summary>
    Correction,

    /// <summary>A syndication note that names an agency; kept apart from the text.</summary>
    Syndication,

    /// <summary>The time of a live blog's entry, before the entry's blocks; kept apart from the text.</summary>
    EntryTime,
}
