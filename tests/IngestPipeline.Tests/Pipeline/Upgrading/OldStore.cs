using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Upgrading;

/// <summary>
/// Makes a store what the release before schema 2 would have written: articles without standfirst and credit, all that is made of them, the version.
/// </summary>
internal static class OldStore
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<IBlobStore> DowngradeAsync(IBlobStore store)
    {
        await foreach (var item in store.ListAsync(StoreNames.Articles))
            await store.WriteBatchAsync([new(item.Name, First((await store.ReadAsync(item.Name))!.Content.Span))]);
        using var book = new DecisionBook();
        foreach (var segment in DecisionManifest.Read((await store.ReadAsync(StoreNames.DecisionManifest))!.Content.Span).Segments)
        {
            foreach (var decision in DecisionLines.Read((await store.ReadAsync(segment.Name))!.Content))
                book.Put(decision);
        }

        var view = new ViewWriter(store, book);
        foreach (var decision in book.Decisions())
            await store.WriteBatchAsync(
                [new(StoreNames.Record(decision.Day, decision.Id), view.Record(decision, await StoredArticle.ReadAsync(store, decision, default)))]);
        await new RollUpWriter(store).WriteAsync([.. book.Decisions().Select(d => d.Day).Distinct()], default);
        await SetVersionAsync(store, "1");
        return store;
    }

    public static async Task SetVersionAsync(IBlobStore store, string schema)
    {
        var blob = (await store.ReadAsync(StoreNames.Header))!;
        var header = StoreHeader.Read(blob.Content.Span)!;
        await store.ReplaceAsync(
            StoreNames.Header, (header with { PipelineVersion = schema + header.PipelineVersion[header.PipelineVersion.IndexOf('-')..] }).ToJson(), blob.ETag);
    }

    /// <summary>Makes the store's first run the current one again, as of the first schema, with the later one beside it.</summary>
    public static async Task MakeFirstCurrentAsync(IBlobStore store)
    {
        var blob = (await store.ReadAsync(StoreNames.Header))!;
        var header = StoreHeader.Read(blob.Content.Span)!;
        var first = Assert.Single(header.Earlier);
        await store.ReplaceAsync(
            StoreNames.Header, new StoreHeader("1" + first.PipelineVersion[1..], first.Prefix, [new(header.PipelineVersion, header.Prefix)]).ToJson(),
            blob.ETag);
    }

    private static byte[] First(ReadOnlySpan<byte> article)
    {
        var json = JsonNode.Parse(article)!.AsObject();
        json["schema"] = "article/1";
        json.Remove("standfirst");
        json.Remove("credit");
        return Encoding.UTF8.GetBytes(json.ToJsonString(Relaxed));
    }
}
