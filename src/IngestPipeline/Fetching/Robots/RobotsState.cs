using IngestPipeline.Records;

namespace IngestPipeline.Fetching.Robots;

/// <summary>An origin's robots.txt as it was read last (<c>state/robots/{hash}.json</c>).</summary>
/// <param name="Origin">Scheme, host and port, for people who look into the store.</param>
/// <param name="Agent">The product token that it was read for.</param>
/// <param name="Read">When it was read; null when it never could be.</param>
/// <param name="Until">When it is asked for again.</param>
/// <param name="Rules">What it says; null when it never could be read.</param>
/// <param name="Fault">Why the last try failed; null when it did not.</param>
internal sealed record RobotsState(string Origin, string Agent, DateTimeOffset? Read, DateTimeOffset Until, RobotsRules? Rules, string? Fault)
{
    private const string Schema = "robots/1";

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("origin", Origin);
        json.WriteString("agent", Agent);
        if (Read is { } read)
            json.WriteString("read", RecordJson.Time(read));
        json.WriteString("until", RecordJson.Time(Until));
        if (Fault is not null)
            json.WriteString("fault", Fault);
        if (Rules is not { } rules)
            return;
        if (rules.CrawlDelay is { } delay)
            json.WriteNumber("crawlDelaySeconds", delay.TotalSeconds);
        json.Texts("rules", rules.Rules.Select(r => (r.Allow ? "allow " : "disallow ") + r.Pattern));
        json.Texts("sitemaps", rules.Sitemaps);
    });

    /// <summary>From JSON; null for what is no such state, or one that was read for another name.</summary>
    public static RobotsState? From(ReadOnlySpan<byte> bytes, string agent) =>
        StoreDamage.TryRead<RobotsState>(bytes, Schema, json =>
        {
            if (RecordJson.Text(json, "agent") != agent || RecordJson.Time(RecordJson.Text(json, "until")) is not { } until)
                return null;
            RobotsRules? rules = json.TryGetProperty("rules", out var lines)
                ? new(
                    [.. lines.EnumerateArray()
                        .Select(l => l.GetString()!)
                        .Select(l => new RobotsRule(l.StartsWith('a'), l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]))],
                    json.TryGetProperty("crawlDelaySeconds", out var delay) ? TimeSpan.FromSeconds(delay.GetDouble()) : null,
                    json.TryGetProperty("sitemaps", out var sitemaps) ? [.. sitemaps.EnumerateArray().Select(s => s.GetString()!)] : [])
                : null;
            return new(
                RecordJson.Text(json, "origin") ?? "", agent, RecordJson.Time(RecordJson.Text(json, "read")), until, rules, RecordJson.Text(json, "fault"));
        });
}
