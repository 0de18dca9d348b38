using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>What the pages of one feed's articles asked of the web on a UTC day. Kept for feeds with a cap only.</summary>
/// <param name="Day">The day that is counted.</param>
/// <param name="Requests">Pages asked for, each part of a long article and each repeated look counted.</param>
/// <param name="Bytes">Bytes of their bodies as they were sent.</param>
/// <param name="HeldTo">The latest day to which pages were put off because the cap was reached; null = none were.</param>
/// <param name="By">The article that was counted last: two that are counted at one moment write different bytes, so that only one of them has written.</param>
public sealed record PageUsage(DateOnly Day, int Requests, long Bytes, DateOnly? HeldTo = null, string? By = null)
{
    private const string Schema = "feed-usage/1";

    /// <summary>With more counted on a day; a new day starts from nothing, and a clock that is behind does not bring the old one back.</summary>
    internal PageUsage Add(DateOnly day, int requests, long bytes, string by) => day <= Day
        ? this with { Requests = Math.Max(0, Requests + requests), Bytes = Bytes + bytes, By = by }
        : this with { Day = day, Requests = Math.Max(0, requests), Bytes = bytes, By = by };

    /// <summary>As JSON.</summary>
    internal byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("day", Text(Day));
        json.WriteNumber("requests", Requests);
        json.WriteNumber("bytes", Bytes);
        json.WriteString("heldTo", HeldTo is { } held ? Text(held) : null);
        json.WriteString("by", By);
    });

    /// <summary>From JSON; null when it is no usage: it is then counted from nothing.</summary>
    internal static PageUsage? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<PageUsage>(bytes, Schema, json => new(
            Date(RecordJson.Text(json, "day")!), json.GetProperty("requests").GetInt32(), json.GetProperty("bytes").GetInt64(),
            RecordJson.Text(json, "heldTo") is { } held ? Date(held) : null,
            RecordJson.Text(json, "by")));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
