using System.Globalization;

namespace IngestPipeline.Records;

/// <summary>The names of everything in a store. Names are made of hashes, days and fixed words, never of text from outside.</summary>
public static class StoreNames
{
    /// <summary>The store's header: version and the run that readers use.</summary>
    public const string Header = "store.json";

    /// <summary>The manifest of decision segments: what it does not name does not exist for readers.</summary>
    public const string DecisionManifest = "index/manifest.json";

    /// <summary>The manifest of the daily roll-ups.</summary>
    public const string RollUpManifest = "rollups/manifest.json";

    /// <summary>The day of undated input.</summary>
    public const string Undated = "undated";

    /// <summary>The folder of an article: its UTC day, or <see cref="Undated"/>.</summary>
    public static string Day(DateTimeOffset? firstSeen) =>
        firstSeen is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Undated;

    /// <summary>An article's facts.</summary>
    public static string Article(string day, string id, int revision) =>
        revision == 1 ? $"articles/{day}/{id}.json" : string.Create(CultureInfo.InvariantCulture, $"articles/{day}/{id}.r{revision}.json");

    /// <summary>The article that a blob of <see cref="Articles"/> is about.</summary>
    public static string ArticleIdOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var file = name[(name.LastIndexOf('/') + 1)..];
        return file[..file.IndexOf('.', StringComparison.Ordinal)];
    }

    /// <summary>The prefix of a day's articles.</summary>
    public static string ArticlesOf(string day) => $"articles/{day}/";

    /// <summary>True for the name of an article's first revision.</summary>
    public static bool IsFirstRevision(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 && name.AsSpan(dot).SequenceEqual(".json");
    }

    /// <summary>What the sites had taught by the time a day began.</summary>
    public static string Learned(string day) => $"learned/{day}.json";

    /// <summary>The prefix of what sites have taught.</summary>
    public const string LearnedPrefix = "learned/";

    /// <summary>The prefix of what single days teach.</summary>
    public const string LessonsPrefix = "learned/lessons/";

    /// <summary>What the articles of a day teach about their sites; needed until no memory reaches back to it.</summary>
    public static string Lessons(string day) => $"{LessonsPrefix}{day}.json";

    /// <summary>An article's record, the view that users read.</summary>
    public static string Record(string day, string id) => $"records/{day}/{id}.json";

    /// <summary>The day of a record's name.</summary>
    internal static string RecordDay(string name) => name[AllRecords.Length..name.LastIndexOf('/')];

    /// <summary>True for a name that <see cref="Record"/> gives: whatever else lies there, something else put it there.</summary>
    internal static bool IsRecord(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) && name.LastIndexOf('/') is var slash and > 0
        && name.AsSpan(slash + 1, name.Length - slash - 1 - ".json".Length) is { Length: 32 } id && !id.ContainsAnyExcept("0123456789abcdef");

    /// <summary>The prefix of records; they lie below their days.</summary>
    public const string AllRecords = "records/";

    /// <summary>The prefix of a day's records.</summary>
    public static string Records(string day) => $"records/{day}/";

    /// <summary>The prefix of decision segments.</summary>
    public const string DecisionSegments = "decisions/";

    /// <summary>The prefix of articles; they lie below their days.</summary>
    public const string Articles = "articles/";

    /// <summary>A decision segment: the day it was made for, its place in the sequence, the start of its content hash.</summary>
    public static string Decisions(string day, int sequence, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"decisions/{day}/{sequence:D9}-{sha256[..16]}.ndjson");

    /// <summary>A decision segment that joins the publications from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static string Decisions(string day, int first, int last, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"decisions/{day}/{first:D9}-{last:D9}-{sha256[..16]}.ndjson");

    /// <summary>The prefix of the copy index; <see cref="DecisionManifest"/> stands below it, too.</summary>
    public const string Index = "index/";

    /// <summary>The places of a decision segment's lines: its day and publications, the start of their own content hash.</summary>
    internal static string DecisionPlaces(DecisionSegment segment, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"index/{segment.Day}/{segment.First:D9}-{segment.Last:D9}-{sha256[..16]}.lines");

    /// <summary>A segment of the copy index: the day it was made for, its publications, the start of its content hash.</summary>
    public static string IndexSegment(string day, int first, int last, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"index/{day}/{first:D9}-{last:D9}-{sha256[..16]}.index");

    /// <summary>Cards of a segment of the copy index: the day, the segment's first publication, the start of their content hash.</summary>
    public static string IndexCards(string day, int sequence, string sha256) =>
        string.Create(CultureInfo.InvariantCulture, $"index/{day}/{sequence:D9}-{sha256[..16]}.cards");

    /// <summary>The prefix of the changes log.</summary>
    public const string ChangeSegments = "changes/";

    /// <summary>A segment of the changes log; consumers read from their cursor + 1 until there is none.</summary>
    public static string Changes(int sequence) => string.Create(CultureInfo.InvariantCulture, $"changes/{sequence:D9}.ndjson");

    /// <summary>A day's roll-up.</summary>
    public static string RollUp(string day) => $"rollups/{day}.ndjson.gz";

    /// <summary>The prefix of captures: one WARC file a logical fetch, below the UTC day of its last answer.</summary>
    public const string Captures = "capture/";

    /// <summary>How the names of captures end, those of a live run's marks, too.</summary>
    internal const string CaptureEnding = ".warc.gz";

    /// <summary>A capture, or a live run's mark among them: when, and the start of the hash that tells it from others of that time.</summary>
    internal static string Capture(DateTimeOffset at, string hash, string ending = CaptureEnding) =>
        $"{Captures}{Day(at)}/{CaptureTime(at)}-{hash[..16]}{ending}";

    /// <summary>The time of day as the names of captures begin with it.</summary>
    internal static string CaptureTime(DateTimeOffset at) => at.UtcDateTime.ToString("HHmmssfffffff", CultureInfo.InvariantCulture);

    /// <summary>What is known of a host that is asked politely: its next slot, its delays, its failures.</summary>
    public static string Host(string hash) => $"state/hosts/{hash}.json";

    /// <summary>A host's robots.txt as it was read last.</summary>
    public static string Robots(string hash) => $"state/robots/{hash}.json";

    /// <summary>What became of an article so far: the ledger of its requests.</summary>
    public static string ArticleState(string id) => $"state/articles/{id[..2]}/{id}.json";

    /// <summary>The prefix of pending work: a marker an article, named by when the sweeper looks at it.</summary>
    public const string Pending = "pending/";

    /// <summary>The prefix of pages to be looked at again, named by when.</summary>
    public const string Rechecks = "rechecks/";

    /// <summary>The prefix of what waits for the deduplication.</summary>
    public const string Inbox = "inbox/";

    /// <summary>The entries of a feed that were met.</summary>
    public static string FeedEntries(string feedId) => $"state/feeds/{feedId}.entries.json";

    /// <summary>What the pages of a feed with a daily cap took of it.</summary>
    public static string FeedUsage(string feedId) => $"state/feeds/{feedId}.usage.json";

    /// <summary>The prefix of messages that were set aside.</summary>
    public const string Quarantine = "quarantine/";

    /// <summary>The prefix of tombstones: what was forgotten and is never taken in again, by the ids of articles and addresses.</summary>
    public const string Tombstones = "forgotten/articles/";

    /// <summary>The prefix of what a forgetting has begun to take out.</summary>
    public const string ForgetIntents = "forgotten/begun/";

    /// <summary>The prefix of receipts: what was taken out, when.</summary>
    public const string ForgetReceipts = "forgotten/receipts/";

    /// <summary>What was let go because of its age.</summary>
    public const string Retention = "retention.json";

    /// <summary>How articles ended, counted by day.</summary>
    public const string Ledger = "state/ledger.json";

    /// <summary>The sources whose articles changed of late.</summary>
    public const string Sources = "state/sources.json";

    /// <summary>The page of a live pipeline's figures.</summary>
    public const string LiveReport = "reports/live.html";

    /// <summary>The figures as JSON.</summary>
    public const string Status = "reports/status.json";

    /// <summary>The prefix of runs beside the first one.</summary>
    public const string AllRuns = "runs/";

    /// <summary>The prefix of what is known of back-fills.</summary>
    public const string Backfills = "state/backfills/";

    /// <summary>How far a back-fill has come, and what came of it.</summary>
    public static string Backfill(string id) => $"{Backfills}{id}.json";

    /// <summary>Who writes decisions of a run besides the deduplication, and until when.</summary>
    public static string Writer(string pipelineVersion) => $"state/writers/{pipelineVersion}.json";

    /// <summary>The prefix of what a back-fill keeps until it is done.</summary>
    public static string Staging(string pipelineVersion, string backfill) => $"runs/{pipelineVersion}/staging/{backfill}/";

    /// <summary>The prefix under which a run with other rules stands.</summary>
    public static string Run(string pipelineVersion) => $"runs/{pipelineVersion}/";
}
