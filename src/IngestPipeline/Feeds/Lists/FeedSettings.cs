using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Lists;

/// <summary>What a user wants of one feed. Holds no secret: a credential is only named.</summary>
public sealed record FeedSettings
{
    /// <summary>The feed's address: absolute, http or https, without user name or password.</summary>
    public required Uri Url { get; init; }

    /// <summary>The feed's id: hash of the normalised address as it stands in the list, 32 hexadecimal digits. A moved feed keeps it.</summary>
    public string Id => ArticleUrl.TryCreate(Url)?.Id ?? ArticleId.Of(Url.AbsoluteUri);

    /// <summary>A name for people; null = the feed's own title.</summary>
    public string? Title { get; init; }

    /// <summary>The section that its articles belong to where their pages name none.</summary>
    public string? Section { get; init; }

    /// <summary>Rights or a text-mining opt-out, kept in each record as given.</summary>
    public string? Rights { get; init; }

    /// <summary>Entries to take: each a text with <c>*</c> as wildcard, looked for in link, title and categories. Empty = all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Entries to leave out, in the same form; stronger than <see cref="Include"/>.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The shortest time between two polls, one minute to one day; null = the schedule's own.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The name of the setting (environment variable, app setting, Key Vault reference) whose value is a header line, such as
    /// <c>Authorization: Bearer …</c>; null = none.</summary>
    public string? Credential { get; init; }

    /// <summary>False to leave the feed in the list and not poll it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The most requests a UTC day for the feed and its articles; null = no cap.</summary>
    public int? DailyRequests { get; init; }

    /// <summary>The most bytes a UTC day for the feed and its articles; null = no cap.</summary>
    public long? DailyBytes { get; init; }

    /// <summary>True when there is a cap on a day's requests or bytes.</summary>
    public bool HasCap => DailyRequests is not null || DailyBytes is not null;

    /// <summary>The most earlier documents that are read.</summary>
    public const int MostHistory = 10_000;

    /// <summary>How many earlier documents (RFC 5005 archives and pages) are read once, 0 to 10,000; gaps between polls are closed without it.</summary>
    public int History { get; init; }
}
