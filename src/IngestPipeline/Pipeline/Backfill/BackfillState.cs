using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>How far a back-fill has come, and what came of it (<c>state/backfills/{id}.json</c>).</summary>
public sealed record BackfillState
{
    private const string Schema = "backfill/1";

    /// <summary>Its id: a hash of the archive's file list, the version, and the list of feeds.</summary>
    public required string Id { get; init; }

    /// <summary>The prefix of the archive's files.</summary>
    public required string Archive { get; init; }

    /// <summary>The pipeline version that it writes.</summary>
    public required string Run { get; init; }

    /// <summary>How far it is.</summary>
    public required BackfillPhase Phase { get; init; }

    /// <summary>Into how many segments the archive's files are cut.</summary>
    public int Segments { get; init; }

    /// <summary>Into how many parts the articles are cut; 0 until that is known.</summary>
    public int Parts { get; init; }

    /// <summary>Articles that were asked for; 0 until that is known.</summary>
    public int ArticlesIn { get; init; }

    /// <summary>How articles ended; empty until it is done.</summary>
    public IReadOnlyDictionary<Disposition, int> Articles { get; init; } = new Dictionary<Disposition, int>();

    /// <summary>Decisions and records that were written.</summary>
    public int Changes { get; init; }

    /// <summary>What of the archive could not be read: how many places.</summary>
    public int Faults { get; init; }

    /// <summary>Why it was given up; null when it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>When it came so far; null where that was not noted.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>A phase behind the polls, when it is known how much there is to do.</summary>
    internal static BackfillState Of(string id, BackfillPlan plan, BackfillPolls polls, BackfillPhase phase, DateTimeOffset at) => new()
    {
        Id = id,
        Archive = plan.Archive,
        Run = plan.Run,
        Phase = phase,
        Segments = plan.Segments,
        Parts = polls.Parts,
        ArticlesIn = polls.ArticlesIn,
        Faults = polls.Faults,
        At = at,
    };

    internal byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("id", Id);
        json.WriteString("archive", Archive);
        json.WriteString("run", Run);
        json.WriteString("phase", RecordJson.Name(Phase));
        json.WriteNumber("segments", Segments);
        json.WriteNumber("parts", Parts);
        json.WriteNumber("articlesIn", ArticlesIn);
        json.WriteStartObject("articles");
        foreach (var (disposition, count) in Articles.OrderBy(a => a.Key))
            json.WriteNumber(RecordJson.Name(disposition), count);
        json.WriteEndObject();
        json.WriteNumber("changes", Changes);
        json.WriteNumber("faults", Faults);
        json.WriteString("reason", Reason);
        if (At is { } at)
            json.WriteString("at", RecordJson.Time(at));
    });

    /// <exception cref="Storage.StorageException">The blob of this name is damaged.</exception>
    internal static BackfillState Read(string name, ReadOnlySpan<byte> bytes) => Staging.Read(name, bytes, json => new BackfillState
    {
        Id = RecordJson.NeededText(json, "id"),
        Archive = RecordJson.NeededText(json, "archive"),
        Run = RecordJson.NeededText(json, "run"),
        Phase = RecordJson.Value<BackfillPhase>(RecordJson.Text(json, "phase")),
        Segments = json.GetProperty("segments").GetInt32(),
        Parts = json.GetProperty("parts").GetInt32(),
        ArticlesIn = json.GetProperty("articlesIn").GetInt32(),
        Articles = json.GetProperty("articles").EnumerateObject().ToDictionary(a => RecordJson.Value<Disposition>(a.Name), a => a.Value.GetInt32()),
        Changes = json.GetProperty("changes").GetInt32(),
        Faults = json.GetProperty("faults").GetInt32(),
        Reason = RecordJson.Text(json, "reason"),
        At = json.TryGetProperty("at", out _) ? RecordJson.Time(RecordJson.Text(json, "at")) : null,
    });
}
