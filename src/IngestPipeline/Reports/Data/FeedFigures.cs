using IngestPipeline.Feeds.Polling;

namespace IngestPipeline.Reports.Data;

/// <summary>A feed: what its records show, and what its state says where the store keeps one.</summary>
internal sealed class FeedFigures(string url)
{
    public string Url { get; } = url;

    public string? Title { get; set; }

    public int Records { get; private set; }

    public int NoText { get; private set; }

    public SortedDictionary<string, int> Days { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset? LastArticle { get; private set; }

    /// <summary>What the poller keeps about it; null for a replayed feed.</summary>
    public FeedState? State { get; set; }

    /// <summary>True when a person should look at it.</summary>
    public bool IsUnwell => State is { Health: FeedHealth.Failing or FeedHealth.Dead or FeedHealth.Silent or FeedHealth.Stopped };

    /// <summary>The worst first: gone, dead, failing, silent, then the rest.</summary>
    public int Rank => State?.Health switch
    {
        FeedHealth.Stopped => 0,
        FeedHealth.Dead => 1,
        FeedHealth.Failing => 2,
        FeedHealth.Silent => 3,
        _ => 4,
    };

    public void Add(ArticleSummary article)
    {
        Records++;
        if (!article.HasText)
            NoText++;
        Days[article.Day] = Days.GetValueOrDefault(article.Day) + 1;
        if (article.FirstSeen > (LastArticle ?? DateTimeOffset.MinValue))
            LastArticle = article.FirstSeen;
    }
}
