using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Reads back the article that a published decision is about.</summary>
internal static class StoredArticle
{
    public static string Name(PublishedDecision decision) => StoreNames.Article(decision.Day, decision.Id, decision.ArticleRevision);

    /// <exception cref="StorageException">The store cannot be reached, or lacks the article.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(IBlobStore store, PublishedDecision decision, CancellationToken cancellation)
    {
        var name = Name(decision);
        return (await store.ReadAsync(name, cancellation).ConfigureAwait(false))?.Content
            ?? throw new StorageException(
                $"{store.Location}: {name} is missing though a decision names it; the store is damaged. Replay into a new store.") { IsDamage = true };
    }

    /// <summary>What a decision about a stored article needs.</summary>
    public static DecidedArticle Decided(ReadOnlySpan<byte> bytes)
    {
        var json = JsonElement.Parse(bytes);
        return new(
            CopyDocuments.Read(bytes),
            json.GetProperty("revision").GetInt32(),
            RecordJson.Time(RecordJson.Text(json, "captured")),
            RecordJson.NeededText(json, "contentHash"),
            Value(json, "outlet"),
            RecordJson.Text(json, "url"),
            Value(json, "title"));
    }

    private static string? Value(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? RecordJson.Text(found, "value") : null;
}
