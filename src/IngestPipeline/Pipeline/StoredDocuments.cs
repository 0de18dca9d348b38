using System.Text;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Finds single articles of a store's current run, by the decisions about them.</summary>
internal static class StoredDocuments
{
    /// <summary>The latest revision of each article that the store has decided about; the others are missing from the answer.</summary>
    /// <exception cref="StorageException">The store cannot be reached, is none, or is damaged.</exception>
    public static async Task<IReadOnlyDictionary<string, CopyDocument>> FindAsync(
        IBlobStore store, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var header = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false);
        if (header is null || StoreHeader.Read(header.Content.Span) is not { } head)
            throw new StorageException($"{store.Location}: holds no store; name the folder or container that a run wrote to.");
        StoreSchema.Readable(store.Location, head);
        var run = StoreRuns.At(store, head.Prefix);
        var stored = await run.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        var segments = stored is null ? [] : DecisionManifest.Read(stored.Content.Span).Segments;
        var latest = new Dictionary<string, PublishedDecision>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var blob = await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false)
                ?? throw new StorageException(
                    $"{store.Location}: {segment.Name} is missing though the manifest names it; the store is damaged. Replay into a new store.") { IsDamage =
                        true };
            Take(blob.Content, ids, latest);
        }

        var found = new Dictionary<string, CopyDocument>(StringComparer.Ordinal);
        foreach (var decision in latest.Values)
            found[decision.Id] = CopyDocuments.Read((await StoredArticle.ReadAsync(run, decision, cancellation).ConfigureAwait(false)).Span);
        return found;
    }

    // Only lines that hold an id are parsed: a store may have millions.
    private static void Take(ReadOnlyMemory<byte> segment, IReadOnlyCollection<string> ids, Dictionary<string, PublishedDecision> latest)
    {
        foreach (var id in ids)
        {
            var wanted = Encoding.ASCII.GetBytes($"{{\"id\":\"{id}\"");
            for (var from = 0; segment.Span[from..].IndexOf(wanted) is var at and >= 0;)
            {
                var start = from + at;
                var length = segment.Span[start..].IndexOf((byte)'\n');
                latest[id] = DecisionJson.Read(segment.Span.Slice(start, length));
                from = start + length + 1;
            }
        }
    }
}
