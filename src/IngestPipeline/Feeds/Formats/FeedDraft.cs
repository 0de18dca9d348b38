namespace IngestPipeline.Feeds.Formats;

/// <summary>A feed's own fields while they are being read.</summary>
internal sealed class FeedDraft
{
    public Ranked<string> Title;
    public Ranked<string> Link;
    public Ranked<string> Language;
    public Ranked<DateTimeOffset?> Updated;
    private readonly List<string> _authors = [];
    private int _authorRank = int.MaxValue;

    // Entries hold on to it, so it never changes.
    private IReadOnlyList<string>? _shared;

    public string? SelfLink { get; set; }

    public string? Hub { get; set; }

    public string? NextPage { get; set; }

    public string? Archive { get; set; }

    /// <summary>Minutes between polls as ttl says.</summary>
    public int? TimeToLive { get; set; }

    /// <summary>The syndication module's period.</summary>
    public string? UpdatePeriod { get; set; }

    /// <summary>How often in that period.</summary>
    public int? UpdateFrequency { get; set; }

    /// <summary>See <see cref="Feed.SkipHours"/>.</summary>
    public int SkipHours { get; set; }

    /// <summary>See <see cref="Feed.SkipDays"/>.</summary>
    public int SkipDays { get; set; }

    /// <summary>The feed's authors, whose entries these are unless they say otherwise.</summary>
    public IReadOnlyList<string> Authors => _shared ??= [.. _authors];

    /// <summary>Adds authors; those of a better rank replace the others.</summary>
    public void AddAuthors(IEnumerable<string> names, int rank)
    {
        foreach (var name in names)
        {
            if (rank > _authorRank || _authors.Count >= 32)
                return;
            if (rank < _authorRank)
                _authors.Clear();
            (_authorRank, _shared) = (rank, null);
            if (!_authors.Contains(name, StringComparer.Ordinal))
                _authors.Add(name);
        }
    }

    /// <summary>The finished fields.</summary>
    public Feed Build() => new()
    {
        Title = Title.Value,
        Link = Link.Value,
        Language = Language.Value,
        Updated = Updated.Value,
        SelfLink = SelfLink,
        Hub = Hub,
        NextPage = Archive ?? NextPage,
        PollInterval = PollInterval(),
        SkipHours = SkipHours,
        SkipDays = SkipDays,
    };

    // https://web.resource.org/rss/1.0/modules/syndication/ : the period defaults to daily, the frequency to 1.
    private TimeSpan? PollInterval()
    {
        var wait = TimeToLive is > 0 and < 60 * 24 * 366 ? TimeSpan.FromMinutes(TimeToLive.Value) : (TimeSpan?)null;
        if (UpdatePeriod is null && UpdateFrequency is null)
            return wait;
        var period = UpdatePeriod?.Trim().ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => TimeSpan.FromDays(1),
        };
        var syndication = period / Math.Clamp(UpdateFrequency ?? 1, 1, 1000);
        return wait is { } ttl && ttl > syndication ? ttl : syndication;
    }
}
