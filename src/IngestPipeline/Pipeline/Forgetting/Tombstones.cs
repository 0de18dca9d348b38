using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>
/// What is never taken in again: for each forgotten article, and each address that led to it, an empty-handed blob named by the hash that an article's id is.
/// It says no address and no word; whoever knows the address can tell that it was forgotten, and nobody else what was.
/// </summary>
internal static class Tombstones
{
    private const string Schema = "tombstone/1";

    /// <summary>True when an article was forgotten.</summary>
    public static async Task<bool> HoldAsync(IBlobStore store, string id, CancellationToken cancellation) =>
        await store.ReadAsync(Name(id), cancellation).ConfigureAwait(false) is not null;

    /// <summary>The ids of all that was forgotten.</summary>
    public static async Task<IReadOnlySet<string>> ReadAsync(IBlobStore store, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(StoreNames.Tombstones, cancellation).ConfigureAwait(false))
            ids.Add(StoreNames.ArticleIdOf(item.Name));
        return ids;
    }

    /// <summary>Sets one; one that stands already stays.</summary>
    public static Task SetAsync(IBlobStore store, string id, DateTimeOffset at, CancellationToken cancellation) => store.CreateAsync(
        Name(id),
        RecordJson.Object(json =>
        {
            json.WriteString("schema", Schema);
            json.WriteString("id", id);
            json.WriteString("at", RecordJson.Time(at));
        }),
        cancellation);

    /// <summary>Takes one away.</summary>
    public static Task LiftAsync(IBlobStore store, string id, CancellationToken cancellation) => store.DeleteAsync(Name(id), null, cancellation);

    /// <summary>True when an article, or where its redirects led, was forgotten.</summary>
    public static bool Covers(this IReadOnlySet<string> ids, Article article) =>
        ids.Count > 0 && (ids.Contains(article.Id) || (article.FinalUrl is { } final && ArticleUrl.TryCreate(final) is { } there && ids.Contains(there.Id)));

    private static string Name(string id) => $"{StoreNames.Tombstones}{id}.json";
}
