using System.Globalization;
using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>Feed states as JSON.</summary>
internal static class FeedStateJson
{
    private const string Schema = "feed-state/1";

    public static byte[] Write(FeedState state) => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("feedId", state.FeedId);
        json.WriteString("url", state.Url.AbsoluteUri);
        json.WriteString("title", state.Title);
        json.WriteString("etag", state.ETag);
        json.WriteString("lastModified", state.LastModified);
        json.WriteString("bodyHash", state.BodyHash);
        json.WriteString("claimedAt", RecordJson.Time(state.ClaimedAt));
        json.WriteString("workedSince", RecordJson.Time(state.WorkedSince));
        json.WriteString("lastPoll", RecordJson.Time(state.LastPoll));
        json.WriteString("lastSuccess", RecordJson.Time(state.LastSuccess));
        json.WriteString("lastNew", RecordJson.Time(state.LastNew));
        json.WriteString("lastUnconditional", RecordJson.Time(state.LastUnconditional));
        json.WriteString("failingSince", RecordJson.Time(state.FailingSince));
        json.WriteNumber("failures", state.Failures);
        json.WriteString("nextPoll", RecordJson.Time(state.NextPoll));
        json.WriteString("health", RecordJson.Name(state.Health));
        json.WriteString("problem", state.Problem);
        json.WriteNumber("rhythmDays", state.Rhythm.Days);
        json.WriteStartArray("rhythmHours");
        foreach (var hour in state.Rhythm.Hours)
            json.WriteNumberValue(hour);
        json.WriteEndArray();
        json.WriteStartObject("daily");
        foreach (var day in state.Daily)
            json.WriteNumber(Day(day.Day), day.Entries);
        json.WriteEndObject();
        if (state.AskedWait is { } wait)
            json.WriteNumber("askedWaitSeconds", (long)wait.TotalSeconds);
        json.WriteNumber("skipHours", state.SkipHours);
        json.WriteNumber("skipDays", state.SkipDays);
        json.WriteString("hub", state.Hub);
        json.WriteString("earlier", state.Earlier?.AbsoluteUri);
        if (state.History is { } history)
        {
            json.WriteStartObject("history");
            json.WriteString("page", history.Page.AbsoluteUri);
            json.WriteNumber("left", history.Left);
            json.WriteString("notBefore", RecordJson.Time(history.NotBefore));
            json.WriteBoolean("untilKnown", history.UntilKnown);
            json.WriteNumber("failures", history.Failures);
            json.WriteEndObject();
        }

        json.WriteString("historyProblem", state.HistoryProblem);
        json.WriteNumber("historyAsked", state.HistoryAsked);
        json.WriteString("gapTaken", RecordJson.Time(state.GapTaken));
        json.WriteString("usageDay", state.UsageDay is { } used ? Day(used) : null);
        json.WriteNumber("requests", state.Requests);
        json.WriteNumber("bytes", state.Bytes);
    });

    /// <summary>From JSON; null when it is no feed state.</summary>
    public static FeedState? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<FeedState>(bytes, Schema, json => new()
        {
            FeedId = RecordJson.Text(json, "feedId")!,
            Url = new(RecordJson.Text(json, "url")!),
            Title = RecordJson.Text(json, "title"),
            ETag = RecordJson.Text(json, "etag"),
            LastModified = RecordJson.Text(json, "lastModified"),
            BodyHash = RecordJson.Text(json, "bodyHash"),
            ClaimedAt = Time(json, "claimedAt"),
            WorkedSince = Time(json, "workedSince"),
            LastPoll = Time(json, "lastPoll"),
            LastSuccess = Time(json, "lastSuccess"),
            LastNew = Time(json, "lastNew"),
            LastUnconditional = Time(json, "lastUnconditional"),
            FailingSince = Time(json, "failingSince"),
            Failures = json.GetProperty("failures").GetInt32(),
            NextPoll = Time(json, "nextPoll"),
            Health = Enum.Parse<FeedHealth>(RecordJson.Text(json, "health")!, ignoreCase: true),
            Problem = RecordJson.Text(json, "problem"),
            Rhythm = new([.. json.GetProperty("rhythmHours").EnumerateArray().Select(h => h.GetInt32())], json.GetProperty("rhythmDays").GetInt32()),
            Daily = [.. json.GetProperty("daily").EnumerateObject().Select(d => new DayCount(Day(d.Name), d.Value.GetInt32()))],
            AskedWait = json.TryGetProperty("askedWaitSeconds", out var wait) ? TimeSpan.FromSeconds(wait.GetInt64()) : null,
            SkipHours = json.GetProperty("skipHours").GetInt32(),
            SkipDays = json.GetProperty("skipDays").GetInt32(),
            Hub = RecordJson.Text(json, "hub"),
            Earlier = RecordJson.Text(json, "earlier") is { } earlier ? new(earlier) : null,
            History = json.TryGetProperty("history", out var history) ? History(history) : null,
            HistoryProblem = RecordJson.Text(json, "historyProblem"),
            HistoryAsked = json.TryGetProperty("historyAsked", out var asked) ? asked.GetInt32() : 0,
            GapTaken = Time(json, "gapTaken"),
            UsageDay = RecordJson.Text(json, "usageDay") is { } day ? Day(day) : null,
            Requests = json.GetProperty("requests").GetInt32(),
            Bytes = json.GetProperty("bytes").GetInt64(),
        });

    private static FeedHistory History(JsonElement json) =>
        new(new(RecordJson.Text(json, "page")!), json.GetProperty("left").GetInt32(), Time(json, "notBefore")!.Value)
        {
            UntilKnown = json.GetProperty("untilKnown").GetBoolean(),
            Failures = json.GetProperty("failures").GetInt32(),
        };

    private static DateTimeOffset? Time(JsonElement json, string name) => RecordJson.Time(RecordJson.Text(json, name));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
