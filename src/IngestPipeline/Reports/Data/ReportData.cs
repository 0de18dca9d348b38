using IngestPipeline.Records;

namespace IngestPipeline.Reports.Data;

/// <summary>Everything that the overview pages show, read from a store once.</summary>
internal sealed class ReportData
{
    public required StoreHeader Header { get; init; }

    /// <summary>The days shown, oldest first; undated input last.</summary>
    public required IReadOnlyList<DayFigures> Days { get; init; }

    /// <summary>Records in days that are not shown.</summary>
    public required long OlderRecords { get; init; }

    /// <summary>The articles shown, in the order in which they were seen.</summary>
    public required IReadOnlyList<ArticleSummary> Articles { get; init; }

    public required IReadOnlyDictionary<string, ArticleSummary> ById { get; init; }

    /// <summary>The sites, the one with the most records first.</summary>
    public required IReadOnlyList<SiteFigures> Sites { get; init; }

    /// <summary>The rules that removed something, the most frequent first.</summary>
    public required IReadOnlyList<RuleFigures> Rules { get; init; }

    /// <summary>The feeds, those that need a person first.</summary>
    public required IReadOnlyList<FeedFigures> Feeds { get; init; }

    /// <summary>Stories of several articles, the one with the most outlets first.</summary>
    public required IReadOnlyList<Story> Stories { get; init; }

    /// <summary>The ids of the stories that have a page.</summary>
    public required IReadOnlySet<string> StoryIds { get; init; }

    public required IReadOnlyList<ExtractionJump> Jumps { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The newest dated day; null when there is none.</summary>
    public DayFigures? Latest => Days.LastOrDefault(d => d.Name != StoreNames.Undated) ?? (Days.Count > 0 ? Days[^1] : null);

    /// <summary>The newest time in the store; null when it holds nothing dated.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>A live pipeline's figures, when it last wrote them; null for a replayed store.</summary>
    public LiveStatus? Status { get; init; }

    /// <summary>True when the store has a page of a live pipeline's figures.</summary>
    public bool HasLivePage { get; init; }

    /// <summary>The first day whose captures are kept; null when none was let go.</summary>
    public string? CapturesFrom { get; init; }

    /// <summary>True when at least one feed has a state: the store is fed live.</summary>
    public bool IsLive => Feeds.Any(f => f.State is not null);
}
