using IngestPipeline.Archive;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Records;

/// <summary>The facts about one article at one capture. Immutable; what was decided about it stands elsewhere.</summary>
public sealed record Article
{
    /// <summary>Hash of the normalised requested URL, or of the content where there is no URL: 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>1 for the first text, one more for each later capture with another text.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The requested address, normalised; null for input without one.</summary>
    public string? Url { get; init; }

    /// <summary>Where redirects led; null when there were none.</summary>
    public string? FinalUrl { get; init; }

    /// <summary>When the article was first seen (its first capture); null for undated input. Its UTC day is the article's day.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When this text was captured; null for undated input.</summary>
    public DateTimeOffset? Captured { get; init; }

    /// <summary>The feed that named it first; null when none did.</summary>
    public ArticleFeed? Feed { get; init; }

    /// <summary>What the page says about it, completed from the feed's entry.</summary>
    public required ArticleMetadata Metadata { get; init; }

    /// <summary>Where the text came from.</summary>
    public required TextSource TextFrom { get; init; }

    /// <summary>The kept blocks in reading order.</summary>
    public required IReadOnlyList<Block> Blocks { get; init; }

    /// <summary>The removed blocks, each with its rule and reason.</summary>
    public IReadOnlyList<StrippedBlock> Removed { get; init; } = [];

    /// <summary>
    /// What was known of its site's own blocks, by day and content hash (<c>learned/{day}.json</c>); null when nothing was.
    /// </summary>
    public string? Learned { get; init; }

    /// <summary>What a reader should know about the data, such as <c>published-in-future</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The raw bytes behind it; null when it came from a feed's entry alone.</summary>
    public RawPointer? Raw { get; init; }

    /// <summary>The plain text: the blocks of the text, parted by an empty line.</summary>
    public string Text { get; init; } = "";

    /// <summary>
    /// SHA-256 (hexadecimal) of title and text, blocks learned from the site put back: two captures with the same one are the same article text.
    /// </summary>
    public required string ContentHash { get; init; }
}
