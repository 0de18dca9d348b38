namespace IngestPipeline.Fetching.Robots;

/// <summary>What a robots.txt says to one crawler (RFC 9309).</summary>
/// <param name="Rules">The rules of its group, or of everyone's where none is its own.</param>
/// <param name="CrawlDelay">The pause that the group asks for between requests; null when it asks for none.</param>
/// <param name="Sitemaps">The sitemaps that the file names, as written.</param>
internal sealed record RobotsRules(IReadOnlyList<RobotsRule> Rules, TimeSpan? CrawlDelay, IReadOnlyList<string> Sitemaps)
{
    /// <summary>A host without a robots.txt: everything is allowed.</summary>
    public static RobotsRules AllowAll { get; } = new([], null, []);

    /// <summary>
    /// The rule that decides about an address: the longest pattern that fits, Allow where two are as long; null when none fits, and it may be fetched.
    /// </summary>
    public RobotsRule? Deciding(Uri url)
    {
        var path = RobotsPath.Of(url);
        if (path == "/robots.txt")
            return null;
        RobotsRule? best = null;
        foreach (var rule in Rules)
        {
            if (best is not null && (rule.Pattern.Length < best.Pattern.Length || (rule.Pattern.Length == best.Pattern.Length && best.Allow)))
                continue;
            if (rule.Fits(path))
                best = rule;
        }

        return best;
    }
}
