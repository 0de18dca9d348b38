using IngestPipeline.Records;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Data;

/// <summary>What the overview pages need of an article; the rest is read again when its own page is written.</summary>
internal sealed record ArticleSummary
{
    public required string Id { get; init; }

    public required string Day { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }

    public required string Title { get; init; }

    /// <summary>The host of its address without "www.", or the outlet's name where it has no address.</summary>
    public required string Site { get; init; }

    public required string Outlet { get; init; }

    public string? Url { get; init; }

    public string? FeedUrl { get; init; }

    public string? Language { get; init; }

    public required string TextFrom { get; init; }

    /// <summary>Characters of the text.</summary>
    public int Kept { get; init; }

    /// <summary>Characters of the removed blocks.</summary>
    public int Removed { get; init; }

    public int RemovedBlocks { get; init; }

    public required string Kind { get; init; }

    public required string CanonicalId { get; init; }

    public required string StoryId { get; init; }

    public string? RewriteOf { get; init; }

    public double Similarity { get; init; }

    public int Revision { get; init; }

    public bool InFuture { get; init; }

    /// <summary>From the page's own date, where that has a time, to the first sight.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>True when it repeats another article: an exact or near copy, or a version of one.</summary>
    public bool IsCopy => CanonicalId != Id;

    public bool HasText => TextFrom != "headline";

    public static ArticleSummary Of(RecordFields record, string day)
    {
        var url = record.Text("url");
        var feed = record["feed"];
        var outlet = record.Value("outlet") ?? feed?.Text("title");
        var copy = record["copy"];
        var id = record.Id;
        var removed = 0;
        var removedBlocks = 0;
        foreach (var block in record.List("removed"))
        {
            removed += block.Text("text")?.Length ?? 0;
            removedBlocks++;
        }

        return new()
        {
            Id = id,
            Day = day,
            FirstSeen = record.FirstSeen,
            Title = record.Value("title") is { Length: > 0 } title ? title : "(no headline)",
            Site = SafeLink.Site(url) ?? SafeLink.Site(feed?.Text("url")) ?? outlet ?? "no address",
            Outlet = outlet ?? SafeLink.Site(url) ?? "unknown outlet",
            Url = url,
            FeedUrl = feed?.Text("url"),
            Language = record.Value("language"),
            TextFrom = record.Text("textFrom") ?? "page",
            Kept = record.Text("text")?.Length ?? 0,
            Removed = removed,
            RemovedBlocks = removedBlocks,
            Kind = copy?.Text("kind") ?? "unique",
            CanonicalId = copy?.Text("canonicalId") ?? id,
            StoryId = record.Text("storyId") ?? id,
            RewriteOf = copy?.Text("rewriteOf"),
            Similarity = copy?.Share("similarity") ?? 0,
            Revision = Math.Max(1, record.Number("revision")),
            Latency = LatencyOf(record),
            InFuture = record.Texts("flags").Contains("published-in-future"),
        };
    }

    private static TimeSpan? LatencyOf(RecordFields record)
    {
        // A date that was not believed is the time of capture, and one without a zone could be hours off.
        if (record.Texts("flags").Any(f => f is "published-in-future" or "published-unset"))
            return null;
        if (record.FirstSeen is not { } seen || record.Value("published") is not { Length: > 19 } published || published[10] != 'T')
            return null;
        if (!DateTimeOffset.TryParse(published, System.Globalization.CultureInfo.InvariantCulture, out var time))
            return null;
        var latency = seen - time;
        return latency >= TimeSpan.Zero && latency <= LatencyFigures.Longest ? latency : null;
    }
}
