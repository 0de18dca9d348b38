using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks that what sites have taught can be read: articles name it, and the work on a day stands still without it.</summary>
internal sealed class LearnedCheck(IBlobStore run, Findings findings)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var item in run.ListAsync(StoreNames.LearnedPrefix, cancellation).ConfigureAwait(false))
        {
            // What single days teach is counted anew when it cannot be read.
            if (item.Name.StartsWith(StoreNames.LessonsPrefix, StringComparison.Ordinal))
                continue;
            if (await run.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is { } stored && SiteMemory.Read(stored.Content) is null)
                findings.ByHand(
                    StoreInvariant.Complete, item.Name, "what sites had taught by this day cannot be read: cut off or overwritten",
                    "put it back from a backup or the capture of that day, or replay the captures into a new store");
        }
    }
}
