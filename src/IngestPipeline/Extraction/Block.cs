namespace IngestPipeline.Extraction;

/// <summary>A block of an article in reading order.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text: NFC, white space folded, no markup.</param>
/// <param name="Level">A heading's level, 1 to 6; 0 otherwise.</param>
public sealed record Block(BlockKind Kind, string Text, int Level = 0)
{
    /// <summary>True when the block is part of the plain text; captions, embeds, syndication notes and the times of entries are kept beside it.</summary>
    public bool InText => Kind is not (BlockKind.Caption or BlockKind.Embed or BlockKind.Syndication or BlockKind.EntryTime);
}
