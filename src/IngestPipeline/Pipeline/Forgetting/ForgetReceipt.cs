using System.Globalization;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>Says what was taken out, for whoever has to prove it: ids and counts, no address and no word.</summary>
internal static class ForgetReceipt
{
    private const string Schema = "forget-receipt/1";

    public static async Task<string> WriteAsync(IBlobStore store, ForgetIntent intent, ForgetResult result, CancellationToken cancellation)
    {
        var name = Name(intent.At, string.Join('\n', intent.Articles));
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", Schema);
            j.WriteString("at", RecordJson.Time(intent.At));
            j.Texts("articles", intent.Articles);
            j.WriteNumber("texts", result.Texts);
            j.WriteNumber("regrouped", result.Regrouped);
            j.WriteNumber("captures", result.Captures);
            j.WriteNumber("entries", result.Entries);
            j.WriteNumber("requests", result.Requests);
            j.WriteNumber("quarantined", result.Quarantined);
            j.Texts("left", result.Left);
        });
        // One that died between receipt and end found less the second time: the first receipt stands.
        await store.CreateAsync(name, json, cancellation).ConfigureAwait(false);
        return name;
    }

    /// <summary>Says that an address may be taken in again.</summary>
    public static async Task<string> WriteLiftAsync(IBlobStore store, string id, DateTimeOffset at, CancellationToken cancellation)
    {
        var name = Name(at, "lifted\n" + id);
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", Schema);
            j.WriteString("at", RecordJson.Time(at));
            j.WriteString("lifted", id);
        });
        await store.CreateAsync(name, json, cancellation).ConfigureAwait(false);
        return name;
    }

    private static string Name(DateTimeOffset at, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{StoreNames.ForgetReceipts}{at.UtcDateTime:yyyyMMddHHmmssfff}-{ArticleId.Of(what)[..16]}.json");
}
