using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction;

/// <summary>The article that a page carries: metadata, blocks kept and blocks removed.</summary>
public sealed record ExtractedArticle
{
    private const string BetweenBlocks = "\n\n";

    /// <summary>What the page turned out to be.</summary>
    public required ExtractionOutcome Outcome { get; init; }

    /// <summary>Why the outcome is not <see cref="ExtractionOutcome.Article"/>, in a short phrase; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>What the page says about the article.</summary>
    public ArticleMetadata Metadata { get; init; } = new();

    /// <summary>The kept blocks in reading order, the text's and those kept beside it.</summary>
    public IReadOnlyList<Block> Blocks { get; init; } = [];

    /// <summary>The removed blocks in reading order, each with its rule and reason.</summary>
    public IReadOnlyList<StrippedBlock> Removed { get; init; } = [];

    /// <summary>True when the page was longer than 5 MB and was cut there.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>What was wrong with the page's charset label, in a short phrase; null when nothing was.</summary>
    public string? CharsetWarning { get; init; }

    /// <summary>The plain text: the blocks of the text, parted by an empty line.</summary>
    public string Text => string.Join(BetweenBlocks, Blocks.Where(b => b.InText).Select(b => b.Text));

    /// <summary>The length of <see cref="Text"/>, which is not made for it.</summary>
    internal int TextLength => Math.Max(0, Blocks.Where(b => b.InText).Sum(b => b.Text.Length + BetweenBlocks.Length) - BetweenBlocks.Length);
}
