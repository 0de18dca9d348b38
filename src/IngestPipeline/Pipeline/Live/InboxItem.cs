using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>An ended request on its way to the deduplication, which counts it, and decides about its article if it wrote one.</summary>
/// <param name="Id">The article.</param>
/// <param name="Number">The request's number.</param>
/// <param name="At">The date of the capture, or of the poll where nothing was fetched.</param>
/// <param name="Disposition">How it ended.</param>
/// <param name="Day">The day of the article that was written; null when none was.</param>
/// <param name="Revision">Its revision.</param>
internal sealed record InboxItem(string Id, int Number, DateTimeOffset At, Disposition Disposition, string? Day, int Revision)
{
    private const string Schema = "inbox/1";

    /// <summary>The item's name: the same whenever the same request ends.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{StoreNames.Inbox}{At.UtcDateTime:yyyyMMddHHmm}-{Id}-{Number}");

    /// <summary>The request: it ends once, even if a worker that was given up ended it with another answer.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Id}-{Number}");

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("articleId", Id);
        json.WriteNumber("number", Number);
        json.WriteString("at", RecordJson.Time(At));
        json.WriteString("disposition", RecordJson.Name(Disposition));
        json.WriteString("day", Day);
        json.WriteNumber("revision", Revision);
    });

    /// <summary>From JSON; null when it is none.</summary>
    public static InboxItem? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<InboxItem>(bytes, Schema, json => new(
            RecordJson.Text(json, "articleId")!,
            json.GetProperty("number").GetInt32(),
            RecordJson.Time(RecordJson.Text(json, "at"))!.Value,
            RecordJson.Value<Disposition>(RecordJson.Text(json, "disposition")),
            RecordJson.Text(json, "day"),
            json.GetProperty("revision").GetInt32()));
}
