using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>
/// Gives up back-fills that nobody works on any more, such as one whose messages were deleted or set aside, and deletes what they had staged. One that goes
/// on always has a message in the queue, taken or not.
/// </summary>
internal sealed class BackfillSweep(IBlobStore root, IWorkQueue queue, TimeProvider time)
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(7);

    private readonly BackfillStates _states = new(root);

    /// <summary>Looks at all back-fills of the store.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var item in root.ListAsync(StoreNames.Backfills, cancellation).ConfigureAwait(false))
        {
            if (await root.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } blob)
                continue;
            var state = BackfillState.Read(item.Name, blob.Content.Span);
            if (state.Phase is BackfillPhase.Done or BackfillPhase.Refused)
                continue;
            // One of an earlier release has no date: its time begins now.
            if (state.At is not { } at)
                await root.ReplaceAsync(item.Name, (state with { At = time.GetUtcNow() }).ToJson(), blob.ETag, cancellation).ConfigureAwait(false);
            else if (time.GetUtcNow() - at > Abandoned && await queue.DepthAsync(cancellation).ConfigureAwait(false) == 0)
                await GiveUpAsync(state, cancellation).ConfigureAwait(false);
        }
    }

    // The plan goes first: a message that comes all the same then has nothing to do.
    private async Task GiveUpAsync(BackfillState state, CancellationToken cancellation)
    {
        await new Staging(root, state.Run, state.Id).DeleteAsync(cancellation).ConfigureAwait(false);
        var reason = $"nobody has worked on it for {Abandoned.TotalDays} days, so what it had staged was deleted: start it again";
        await _states.AdvanceAsync(
            state with { Phase = BackfillPhase.Refused, Reason = reason, At = time.GetUtcNow() }, startsAgain: false, cancellation).ConfigureAwait(false);
    }
}
