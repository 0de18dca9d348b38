using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The last step of a back-fill: one worker alone, who has the writer's lease, decides and makes the run current.</summary>
internal sealed class BackfillEnding(LiveStore store, BackfillPlanner planner, DecisionPass decisions, BackfillStates states, TimeProvider time)
{
    /// <summary>Ends the back-fill, if nobody has and nobody is at it.</summary>
    /// <returns>Whether the lease was free; and why the run must not become current, null where nothing speaks against it.</returns>
    public async Task<(bool IsMine, string? Refusal)> RunAsync(
        string id, Staging staging, BackfillPlan plan, BackfillPolls polls, CancellationToken cancellation)
    {
        var lease = await WriterLease.TryTakeAsync(store.Root, store.Version, time, cancellation).ConfigureAwait(false);
        if (lease is null)
            return (false, null);

        await using (lease.ConfigureAwait(false))
        {
            // Whoever had the lease may have ended it.
            var isOver = (await states.ReadAsync(id, cancellation).ConfigureAwait(false))?.Phase is BackfillPhase.Done or BackfillPhase.Refused;
            return (true, isOver ? null : await DecideAsync(id, staging, plan, polls, lease, cancellation).ConfigureAwait(false));
        }
    }

    private async Task<string?> DecideAsync(
        string id, Staging staging, BackfillPlan plan, BackfillPolls polls, WriterLease lease, CancellationToken cancellation)
    {
        var state = BackfillState.Of(id, plan, polls, BackfillPhase.Deciding, time.GetUtcNow());
        await states.AdvanceAsync(state, startsAgain: false, cancellation).ConfigureAwait(false);
        var refusal = await RefusalAsync(id, plan, cancellation).ConfigureAwait(false);
        if (refusal is null)
        {
            (var ledger, var changes, refusal) =
                await decisions.RunAsync(staging, polls, lease, () => RefusalAsync(id, plan, cancellation), cancellation).ConfigureAwait(false);
            state = state with { Articles = ledger.Articles, Changes = changes };
        }

        state = state with { Phase = refusal is null ? BackfillPhase.Done : BackfillPhase.Refused, Reason = refusal, At = time.GetUtcNow() };
        await states.AdvanceAsync(state, startsAgain: false, cancellation).ConfigureAwait(false);
        return refusal;
    }

    // What a live pipeline wrote to the current run since the start would be missing from the run that takes its place.
    private async Task<string?> RefusalAsync(string id, BackfillPlan plan, CancellationToken cancellation)
    {
        if (plan.Archive != StoreNames.Captures || await store.IsCurrentAsync(cancellation).ConfigureAwait(false))
            return null;
        var (now, _, _) = await planner.ListAsync(plan.Archive, store.Version, cancellation).ConfigureAwait(false);
        return now == id
            ? null
            : "pages were captured, or the list of feeds was changed, since the back-fill was started: stop what polls into this store, then start it again";
    }
}
