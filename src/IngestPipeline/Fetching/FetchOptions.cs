namespace IngestPipeline.Fetching;

/// <summary>How the live web is asked. Every limit holds for feeds, pages, robots.txt and sitemaps alike.</summary>
public sealed record FetchOptions
{
    /// <summary>The name that robots.txt files know the pipeline by.</summary>
    public const string ProductToken = "IngestPipeline";

    /// <summary>How a site's owner reaches whoever runs this: a mail address or a page; part of the User-Agent. Null = none was given.</summary>
    public string? Contact { get; init; }

    /// <summary>The User-Agent that is sent.</summary>
    public string UserAgent => Contact is { Length: > 0 } contact ? $"{ProductToken}/0.1 (+{contact})" : $"{ProductToken}/0.1";

    /// <summary>The least time between the end of one request to a host and the start of the next, over all feeds and instances.</summary>
    public TimeSpan HostGap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest Crawl-delay that is obeyed; a longer one is taken as this.</summary>
    public TimeSpan MaxCrawlDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a worker waits for a host's slot before it gives the work back.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time from the start of a request to the last byte of its body, the retry of a refused connection included.</summary>
    public TimeSpan TotalDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest time for a connection to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second below which a body is given up, measured over <see cref="RateWindow"/>; 0 = no bound.</summary>
    public int MinimumRate { get; init; } = 256;

    /// <summary>The time over which <see cref="MinimumRate"/> is measured.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of an answer's header fields, in KiB.</summary>
    public int MaxHeaderKilobytes { get; init; } = 64;

    /// <summary>The largest body that is read, in bytes as sent.</summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The ports that may be asked on any public host.</summary>
    public IReadOnlyList<int> AllowedPorts { get; init; } = [80, 443, 8080, 8443];

    /// <summary>
    /// Hosts that may be asked although they are not public: <c>host</c>, <c>host:port</c>, an address, or a range such as <c>10.1.0.0/16</c>.
    /// </summary>
    public IReadOnlyList<string> AllowHosts { get; init; } = [];

    /// <summary>The proxy that everything goes through; null = none, whatever the system is set to.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>True: every attempt is written into the store's <c>capture/</c> before its result is used.</summary>
    public bool Capture { get; init; } = true;

    /// <summary>
    /// False: of an answer only its status, length, media type and the hash of its payload are captured, no page, no feed and no header. Such a
    /// capture proves what an article was made of, and cannot be replayed.
    /// </summary>
    public bool KeepsRawPages { get; init; } = true;

    /// <summary>
    /// How old a payload may be that a revisit refers to; an older one is captured again in full, so that captures that are let go by age leave none
    /// behind that needs them. Null = any age.
    /// </summary>
    public TimeSpan? RevisitAge { get; init; }

    /// <summary>True: robots.txt is asked for and obeyed (RFC 9309).</summary>
    public bool ObeyRobots { get; init; } = true;
}
