using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Takes what is said of articles that are not there any more out of all segments, and deletes what no manifest names.</summary>
internal sealed class DecisionCompaction(IBlobStore store, DecisionBook book, DecisionManifestFile manifest)
{
    /// <summary>Compacts; every segment must be followed by the view, so that no removal has to be read again.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // What the swap does not name may be deleted: whoever was about to name it holds an older manifest and is refused.
        var doomed = new SortedSet<string>(manifest.Current.Retired, StringComparer.Ordinal);
        foreach (var folder in new[] { StoreNames.DecisionSegments, StoreNames.Index })
        {
            await foreach (var item in store.ListAsync(folder, cancellation).ConfigureAwait(false))
                doomed.Add(item.Name);
        }

        doomed.Remove(StoreNames.DecisionManifest);
        var segments = new List<DecisionSegment>(manifest.Current.Segments.Count);
        foreach (var segment in manifest.Current.Segments)
            segments.Add(await CompactAsync(segment, cancellation).ConfigureAwait(false));

        doomed.ExceptWith((manifest.Current with { Segments = segments }).Names);
        if (doomed.Count == 0)
            return;
        await manifest.SwapAsync(manifest.Current with { Segments = segments, Retired = [.. doomed] }, cancellation).ConfigureAwait(false);
        foreach (var name in doomed)
            await store.DeleteAsync(name, cancellation: cancellation).ConfigureAwait(false);
        await manifest.SwapAsync(manifest.Current with { Retired = [] }, cancellation).ConfigureAwait(false);
    }

    private async Task<DecisionSegment> CompactAsync(DecisionSegment segment, CancellationToken cancellation)
    {
        var read = await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false);
        if (SegmentCompaction.Compact(segment, read, id => book.Find(id) is not null) is not var (compact, bytes))
            return segment;
        var named = DecisionPlaces.Named(compact, DecisionPlaces.Of(bytes), out var places);
        await SegmentBlobs.WriteAsync(store, [new(compact.Name, bytes), places], cancellation).ConfigureAwait(false);
        return named;
    }
}
