using IngestPipeline.Records;

namespace IngestPipeline.Fetching.Hosts;

/// <summary>What all instances know of one host (<c>state/hosts/{hash}.json</c>).</summary>
internal sealed record HostState
{
    private const string Schema = "host/1";

    /// <summary>The host, with its port where that is not the scheme's own: for people who look into the store.</summary>
    public required string Host { get; init; }

    /// <summary>When the next request may start.</summary>
    public DateTimeOffset Next { get; init; }

    /// <summary>While a request is under way: when it counts as lost with its worker. Null when the host is free.</summary>
    public DateTimeOffset? BusyUntil { get; init; }

    /// <summary>Whose request is under way: a random word, so that two claims never look alike.</summary>
    public string? Holder { get; init; }

    /// <summary>The time that was last handed out to a worker who came too early, so that the next one is told a later one.</summary>
    public DateTimeOffset Ticket { get; init; }

    /// <summary>
    /// Failures in a row: from <see cref="HostGate.FailuresToOpen"/> on the circuit is open until <see cref="Next"/>, and one request is let through then.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>Why <see cref="Next"/> is later than the gap asks for; null when it is not.</summary>
    public string? Waiting { get; init; }

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("host", Host);
        json.WriteString("next", RecordJson.Time(Next));
        if (BusyUntil is { } busy)
            json.WriteString("busyUntil", RecordJson.Time(busy));
        if (Holder is not null)
            json.WriteString("holder", Holder);
        json.WriteString("ticket", RecordJson.Time(Ticket));
        json.WriteNumber("failures", Failures);
        if (Waiting is not null)
            json.WriteString("waiting", Waiting);
    });

    /// <summary>From JSON; a state that cannot be read is a fresh one, as it holds nothing that is not soon learned again.</summary>
    public static HostState Read(string host, ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<HostState>(bytes, Schema, json => new()
        {
            Host = host,
            Next = RecordJson.Time(RecordJson.Text(json, "next")) ?? default,
            BusyUntil = RecordJson.Time(RecordJson.Text(json, "busyUntil")),
            Holder = RecordJson.Text(json, "holder"),
            Ticket = RecordJson.Time(RecordJson.Text(json, "ticket")) ?? default,
            Failures = json.TryGetProperty("failures", out var failures) && failures.TryGetInt32(out var count) ? count : 0,
            Waiting = RecordJson.Text(json, "waiting"),
        }) ?? new() { Host = host };
}
