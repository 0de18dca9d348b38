namespace IngestPipeline.Reports.Data;

/// <summary>A day in figures.</summary>
internal sealed class DayFigures(string name)
{
    private readonly List<TimeSpan> _latencies = [];

    public string Name { get; } = name;

    public int Records { get; private set; }

    public int Copies { get; private set; }

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public Dictionary<string, int> Kinds { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> TextFrom { get; } = new(StringComparer.Ordinal);

    /// <summary>Removed blocks by rule.</summary>
    public Dictionary<string, int> Rules { get; } = new(StringComparer.Ordinal);

    public int InFuture { get; private set; }

    /// <summary>What the day's ledger says of articles without a record too; null when the store keeps none.</summary>
    public DayLedger? Ledger { get; set; }

    /// <summary>How soon the day's articles were seen after their publication; null where too few pages state a time.</summary>
    public LatencyFigures? Latency => LatencyFigures.Of(_latencies);

    public double RemovedShare => Kept + Removed == 0 ? 0 : (double)Removed / (Kept + Removed);

    public void AddRemoved(string rule) => Rules[rule] = Rules.GetValueOrDefault(rule) + 1;

    public void Add(ArticleSummary article)
    {
        Records++;
        if (article.IsCopy)
            Copies++;
        if (article.InFuture)
            InFuture++;
        if (article.Latency is { } latency)
            _latencies.Add(latency);
        Kept += article.Kept;
        Removed += article.Removed;
        Kinds[article.Kind] = Kinds.GetValueOrDefault(article.Kind) + 1;
        TextFrom[article.TextFrom] = TextFrom.GetValueOrDefault(article.TextFrom) + 1;
    }
}
