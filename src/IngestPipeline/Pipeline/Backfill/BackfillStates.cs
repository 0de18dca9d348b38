using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>The back-fills of a store. For people: no step asks how far a back-fill is, except whether it is done.</summary>
internal sealed class BackfillStates(IBlobStore root)
{
    private const int Tries = 20;

    /// <summary>One of them; null when there is none of that id.</summary>
    /// <exception cref="StorageException">The store cannot be reached, or what it says of the back-fill is damaged.</exception>
    public async Task<BackfillState?> ReadAsync(string id, CancellationToken cancellation) =>
        await root.ReadAsync(StoreNames.Backfill(id), cancellation).ConfigureAwait(false) is { } blob
            ? BackfillState.Read(StoreNames.Backfill(id), blob.Content.Span)
            : null;

    /// <summary>Writes what is known now, unless it is behind what stands there.</summary>
    internal async Task AdvanceAsync(BackfillState state, bool startsAgain, CancellationToken cancellation)
    {
        var name = StoreNames.Backfill(state.Id);
        for (var left = Tries; ; left--)
        {
            var stored = await root.ReadAsync(name, cancellation).ConfigureAwait(false);
            if (stored is not null && !startsAgain && BackfillState.Read(name, stored.Content.Span).Phase >= state.Phase)
                return;
            if ((await root.SwapAsync(name, state.ToJson(), stored?.ETag, cancellation).ConfigureAwait(false)).Written)
                return;
            if (left == 0)
                throw new StorageException($"{root.Location}: {name} keeps changing. The message comes again.");
        }
    }
}
