namespace IngestPipeline.Feeds;

/// <summary>The feed's own fields, as far as its document states them.</summary>
public sealed record Feed
{
    /// <summary>The feed's title as plain text or as the markup it carried.</summary>
    public string? Title { get; init; }

    /// <summary>The web page that the feed belongs to, absolute where a base is known.</summary>
    public string? Link { get; init; }

    /// <summary>The language tag as given.</summary>
    public string? Language { get; init; }

    /// <summary>When the feed says it last changed.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The feed's own address as it states it (Atom rel=self).</summary>
    public string? SelfLink { get; init; }

    /// <summary>The WebSub hub, when one is named.</summary>
    public string? Hub { get; init; }

    /// <summary>The next page or archive of the feed (RFC 5005), when one is named.</summary>
    public string? NextPage { get; init; }

    /// <summary><see cref="NextPage"/> as an address that can be asked for; null when there is none, or none of http and https.</summary>
    public Uri? Earlier => Pipeline.ArticleUrl.TryCreate(NextPage) is not null ? new(NextPage!.Trim()) : null;

    /// <summary>The longest wait between two polls that the feed itself asks for (ttl, sy:updatePeriod and sy:updateFrequency).</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>Hours of the day (UTC) in which the feed asks not to be polled (RSS skipHours): bit 0 is 00:00 to 00:59.</summary>
    public int SkipHours { get; init; }

    /// <summary>Days of the week (UTC) on which the feed asks not to be polled (RSS skipDays): bit 0 is Sunday.</summary>
    public int SkipDays { get; init; }
}
