using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>What a forgetting that began shall take out, kept until it is done, so that one that died is gone on with.</summary>
/// <param name="At">When it began.</param>
/// <param name="Articles">Ids of articles.</param>
/// <param name="Addresses">Ids of addresses that lead to them, their own among these.</param>
internal sealed record ForgetIntent(DateTimeOffset At, IReadOnlyList<string> Articles, IReadOnlyList<string> Addresses)
{
    private const string Schema = "forgetting/1";

    /// <summary>Its name: the same articles, the same name.</summary>
    public string Name => $"{StoreNames.ForgetIntents}{ArticleId.Of(string.Join('\n', Articles))}.json";

    /// <summary>Keeps it.</summary>
    public Task SaveAsync(IBlobStore store, CancellationToken cancellation) => store.WriteBatchAsync([new(Name, ToJson())], cancellation);

    /// <summary>Sets the tombstones, so that nothing of it is taken in again.</summary>
    public async Task BuryAsync(IBlobStore store, CancellationToken cancellation)
    {
        foreach (var id in Articles.Union(Addresses, StringComparer.Ordinal))
            await Tombstones.SetAsync(store, id, At, cancellation).ConfigureAwait(false);
    }

    /// <summary>Those that were begun and not ended, by name.</summary>
    public static async Task<IReadOnlyList<ForgetIntent>> ReadAsync(IBlobStore store, CancellationToken cancellation)
    {
        var intents = new List<ForgetIntent>();
        await foreach (var item in store.ListAsync(StoreNames.ForgetIntents, cancellation).ConfigureAwait(false))
        {
            if (await store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is { } blob)
                intents.Add(Read(store, item.Name, blob.Content.Span));
        }

        return intents;
    }

    private byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("at", RecordJson.Time(At));
        json.Texts("articles", Articles);
        json.Texts("addresses", Addresses);
    });

    private static ForgetIntent Read(IBlobStore store, string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = JsonElement.Parse(bytes);
            return new(RecordJson.Time(RecordJson.Text(json, "at"))!.Value, Names(json, "articles"), Names(json, "addresses"));
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            throw new StorageException($"{store.Location}: {name} cannot be read. Delete it, and forget the article again.");
        }
    }

    private static IReadOnlyList<string> Names(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(i => i.GetString() ?? "")];
}
