using IngestPipeline.Archive;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>What a replay did. The two ledgers add up; what lies outside the store's bytes stands here only.</summary>
public sealed record ReplaySummary
{
    /// <summary>Where the records are.</summary>
    public required string Store { get; init; }

    /// <summary>The version that they were written with.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>The prefix of the run within the store: empty, or <c>runs/{version}/</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>True when only pages that feeds name were articles.</summary>
    public required bool Linked { get; init; }

    /// <summary>Captures in the archive.</summary>
    public required long Captures { get; init; }

    /// <summary>
    /// The first day whose captures are still there, where a store let go of older ones: nothing before it was replayed. Null = nothing is missing.
    /// </summary>
    public string? CapturesFrom { get; init; }

    /// <summary>Different feeds that were read.</summary>
    public required int Feeds { get; init; }

    /// <summary>Feed captures that were read.</summary>
    public required int Polls { get; init; }

    /// <summary>Feed documents that could not be read to the end, one line each, the first hundred.</summary>
    public required IReadOnlyList<string> FeedProblems { get; init; }

    /// <summary>Entries by how they ended; every entry is in one.</summary>
    public required IReadOnlyDictionary<EntryDisposition, int> Entries { get; init; }

    /// <summary>Articles by how they ended; every new or revised entry, or every page, is in one.</summary>
    public required IReadOnlyDictionary<Disposition, int> Articles { get; init; }

    /// <summary>Articles that were asked for: what came in.</summary>
    public required int ArticlesIn { get; init; }

    /// <summary>Of these, pages that a live run asked for again though nothing named them anew.</summary>
    public int Rechecks { get; init; }

    /// <summary>Why articles ended without a page's text: (disposition, reason) with its count.</summary>
    public required IReadOnlyList<ReasonCount> Reasons { get; init; }

    /// <summary>What was stripped, by rule, the most frequent first.</summary>
    public required IReadOnlyList<StrippedCount> Stripped { get; init; }

    /// <summary>What the store's articles are to each other.</summary>
    public required IReadOnlyDictionary<CopyKind, int> Kinds { get; init; }

    /// <summary>The largest groups of copies: the canonical article, then the others.</summary>
    public required IReadOnlyList<IReadOnlyList<PublishedDecision>> Groups { get; init; }

    /// <summary>What of the archive could not be read.</summary>
    public required IReadOnlyList<ArchiveFault> Faults { get; init; }

    /// <summary>Blobs created or changed by this run; 0 when the store already held all of it.</summary>
    public required int Changes { get; init; }

    /// <summary>Why the window of copies was read back from articles and decisions and not from the index in the store; null when it was not.</summary>
    public string? IndexRebuilt { get; init; }

    /// <summary>True when in = out + pending for both ledgers.</summary>
    public bool AddsUp => ArticlesIn == Articles.Values.Sum()
        && (!Linked || ArticlesIn == Entries.GetValueOrDefault(EntryDisposition.New) + Entries.GetValueOrDefault(EntryDisposition.Revised) + Rechecks);
}
