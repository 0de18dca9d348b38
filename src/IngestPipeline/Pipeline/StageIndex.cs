using System.Runtime.ExceptionServices;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// What the single writer of decisions does with the copy index in the store: fills an empty decider from it, writes it with each publication, and lets
/// go of one that is damaged.
/// </summary>
/// <param name="store">The run, as a store of its own.</param>
/// <param name="decider">The decider.</param>
/// <param name="cards">The decider's cards; null when no index is kept.</param>
/// <param name="restorer">Knows which articles the decider holds.</param>
/// <param name="file">The manifest.</param>
internal sealed class StageIndex(IBlobStore store, CopyDecider decider, StoredCards? cards, WindowRestorer restorer, DecisionManifestFile file)
{
    private readonly CopyIndex? _index = cards is null ? null : new(store, decider, cards);
    private IndexManifest? _filled;
    private bool _isFilled;

    /// <summary>See <see cref="DecisionStage.Rebuilt"/>.</summary>
    public string? Rebuilt { get; private set; }

    /// <summary>What in an exception says that a part of the index is damaged, or what sorting wrapped; null for any other.</summary>
    public static Exception? Cause(Exception e) => e is IndexDamageException ? e : (e as InvalidOperationException)?.InnerException;

    /// <summary>
    /// An empty decider takes over what the index says; without one, or with a damaged one, articles and decisions are read back as they are needed.
    /// </summary>
    public async Task FillAsync(CancellationToken cancellation)
    {
        if (_isFilled || _index is null)
            return;
        (_isFilled, _filled) = (true, null);
        var index = file.Current.Index;
        if (index?.Format == IndexFormat.Version && await _index.LoadAsync(index, cancellation).ConfigureAwait(false) is { } cover)
            (restorer.Cover, _filled) = (cover, index);
        else if (file.Current.Published > 0)
            Rebuilt = index is null
                ? "the store has none"
                : index.Format == IndexFormat.Version
                ? "a part of it is missing or damaged"
                : $"it is of the format {index.Format}";
    }

    /// <summary>Writes a publication's blobs, and what it changed about the window, under one barrier.</summary>
    /// <param name="day">The day of the publication.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="removed">What it takes out; null when it takes nothing out.</param>
    /// <param name="blobs">Its blobs.</param>
    /// <param name="cancellation">Stops between segments.</param>
    /// <returns>The index after it; null for none.</returns>
    public async Task<IndexManifest?> WriteAsync(
        string day, int sequence, IReadOnlyList<PublishedDecision>? removed, IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation)
    {
        if (removed is null && _index is not null)
            return await _index.WriteAsync(_filled, day, sequence, restorer.Cover, blobs, cancellation).ConfigureAwait(false);
        await SegmentBlobs.WriteAsync(store, blobs, cancellation).ConfigureAwait(false);
        // Of articles that have left the window it says nothing.
        return removed is not null && file.Current.Index is { } index && removed.All(d => d.FirstSeen?.UtcTicks < index.From) ? index : null;
    }

    /// <summary>The manifest names what was written.</summary>
    public void Published(IndexManifest? index) => _filled = index;

    /// <summary>The manifest names joined segments.</summary>
    public void Joined(IndexManifest? index) => _filled = _filled is null ? null : index;

    /// <summary>Lets go of a damaged index and says so; throws any other cause as it is.</summary>
    public async Task DropAsync(Exception cause, CancellationToken cancellation)
    {
        if (cause is not IndexDamageException damage)
        {
            ExceptionDispatchInfo.Throw(cause);
            return;
        }

        await file.SwapAsync(file.Current.WithoutIndex(), cancellation).ConfigureAwait(false);
        throw new StorageException(
            $"{damage.Message} The index of copies was dropped, and the next run makes it anew from articles and decisions: run again.", damage);
    }
}
