using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks that each feed's state can be read and knows no more than what was accepted.</summary>
internal sealed class FeedCheck(IBlobStore root, Findings findings)
{
    private const string Prefix = "state/feeds/";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var entries = new HashSet<string>(StringComparer.Ordinal);
        var states = new List<string>();
        await foreach (var item in root.ListAsync(Prefix, cancellation).ConfigureAwait(false))
        {
            if (item.Name.EndsWith(".entries.json", StringComparison.Ordinal))
            {
                if (await root.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is { } stored && FeedEntries.IsWhole(stored.Content.Span))
                    entries.Add(item.Name[Prefix.Length..^".entries.json".Length]);
            }

            // What a feed's pages took of its cap needs no state beside it, and is counted anew when it cannot be read.
            else if (!item.Name.EndsWith(".usage.json", StringComparison.Ordinal))
                states.Add(item.Name[Prefix.Length..^".json".Length]);
        }

        foreach (var id in states)
        {
            var (state, etag) = await new FeedStates(root).ReadAsync(id, cancellation).ConfigureAwait(false);
            if (state is null)
                await ForgetAsync(id, etag, "the feed's state cannot be read: cut off or overwritten", cancellation).ConfigureAwait(false);
            else if (state.BodyHash is not null && !entries.Contains(id))
                await ForgetAsync(
                    id, etag,
                    "the feed's state says that a document was read, and its entries are missing or damaged: the next \"not modified\" would hide them",
                    cancellation).ConfigureAwait(false);
        }
    }

    private Task ForgetAsync(string id, string? etag, string what, CancellationToken cancellation) => findings.RepairableAsync(
        StoreInvariant.FeedsBehind,
        FeedStates.Name(id),
        what,
        "forget the state: the next poll reads the feed in full, and entries that are known are passed over",
        () => root.DeleteAsync(FeedStates.Name(id), etag, cancellation));
}
