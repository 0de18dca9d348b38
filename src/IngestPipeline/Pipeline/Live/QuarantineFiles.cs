using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>What was set aside, as files of the store.</summary>
internal static class QuarantineFiles
{
    private const string Schema = "quarantine/1";

    private const int MaxBody = 8192;

    public static async Task<string> WriteAsync(
        IBlobStore store, string queue, string body, string reason, DateTimeOffset at, IReadOnlyList<ArticleRequest> requests, CancellationToken cancellation)
    {
        var name = $"{StoreNames.Quarantine}{queue}/{ArticleId.Of(body)}.json";
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", Schema);
            j.WriteString("queue", queue);
            j.WriteString("reason", SafeText.Of(reason));
            j.WriteString("at", RecordJson.Time(at));
            // A message that is none of ours may hold anything; ours are pointers, which cleaning leaves as they are.
            j.WriteString("body", SafeText.Of(body, MaxBody));
            j.WriteStartArray("requests");
            foreach (var request in requests)
                RequestJson.Write(j, request);
            j.WriteEndArray();
        });
        await store.CreateAsync(name, json, cancellation).ConfigureAwait(false);
        return name;
    }

    public static async Task<QuarantinedMessage?> ReadAsync(IBlobStore store, string name, CancellationToken cancellation)
    {
        if (await store.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } blob)
            return null;
        return StoreDamage.TryRead<QuarantinedMessage>(blob.Content.Span, Schema, json => new(
            name, RecordJson.Text(json, "queue") ?? "", RecordJson.Text(json, "reason") ?? "", RecordJson.Time(RecordJson.Text(json, "at")) ?? default,
            RecordJson.Text(json, "body") ?? "")
        {
            Requests = [.. json.GetProperty("requests").EnumerateArray().Select(RequestJson.Read)],
        });
    }
}
