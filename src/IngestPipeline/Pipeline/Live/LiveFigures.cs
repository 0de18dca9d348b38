using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>A live pipeline's figures at one moment.</summary>
public sealed record LiveFigures
{
    /// <summary>When they were taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Where the store is.</summary>
    public required string Store { get; init; }

    /// <summary>The version that is written.</summary>
    public required string PipelineVersion { get; init; }

    /// <summary>Feeds by health.</summary>
    public required IReadOnlyDictionary<string, int> Feeds { get; init; }

    /// <summary>Feeds that need a look: address and what is wrong; at most 100.</summary>
    public required IReadOnlyList<(string Url, string Health, string Problem)> Troubled { get; init; }

    /// <summary>Sources whose articles changed of late, as the last report found them; at most 100.</summary>
    public IReadOnlyList<SourceFlag> Sources { get; init; } = [];

    /// <summary>Messages by queue.</summary>
    public required IReadOnlyDictionary<string, int> Queues { get; init; }

    /// <summary>Articles with requests that have not ended.</summary>
    public required int Pending { get; init; }

    /// <summary>Pages that will be looked at again.</summary>
    public required int Rechecks { get; init; }

    /// <summary>Ended requests that wait for the deduplication.</summary>
    public required int Inbox { get; init; }

    /// <summary>Messages that were set aside.</summary>
    public required int Quarantined { get; init; }

    /// <summary>How requests ended, over all days.</summary>
    public required IReadOnlyDictionary<Disposition, long> Total { get; init; }

    /// <summary>The same by day, the latest 14 days.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<Disposition, long>> Days { get; init; }

    /// <summary>True when nothing needs a look: no dead feed, nothing set aside.</summary>
    public bool IsHealthy => Quarantined == 0 && Feeds.GetValueOrDefault("dead") == 0;
}
