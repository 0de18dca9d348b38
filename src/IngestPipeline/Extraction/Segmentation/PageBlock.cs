namespace IngestPipeline.Extraction.Segmentation;

/// <summary>A run of text that a browser would show as one paragraph, with what was seen while it was read.</summary>
internal sealed class PageBlock
{
    /// <summary>Its place in reading order.</summary>
    public required int Index { get; init; }

    /// <summary>Its folded text, never empty.</summary>
    public required string Text { get; init; }

    /// <summary>Where in the text a break ends a line that is a paragraph by itself; the last paragraph's end is not among them.</summary>
    public int[] ParagraphEnds { get; init; } = [];

    /// <summary>The innermost element that holds all of it.</summary>
    public required PageNode Node { get; init; }

    /// <summary>The innermost block element that holds all of it.</summary>
    public required PageNode Container { get; init; }

    /// <summary>Characters inside links.</summary>
    public required int LinkChars { get; init; }

    /// <summary>Links begun in it.</summary>
    public required int Links { get; init; }

    /// <summary>Characters in bold.</summary>
    public required int StrongChars { get; init; }

    /// <summary>Characters in italics.</summary>
    public required int EmphasisChars { get; init; }

    /// <summary>Characters inside time elements.</summary>
    public required int TimeChars { get; init; }

    /// <summary>Blocks since the last image or player, 0 when it stands directly before.</summary>
    public required int BlocksSinceMedia { get; init; }

    /// <summary>True when an image or player stands between this block and the next.</summary>
    public bool MediaAfter { get; set; }

    /// <summary>The kind of its container.</summary>
    public TagKind Tag => Container.Tag;

    /// <summary>The text without links.</summary>
    public int PlainChars => Text.Length - LinkChars;
}
