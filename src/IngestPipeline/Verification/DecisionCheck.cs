using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Reads the manifest and its segments, checks each against its hash, and leaves the latest decisions in the book.</summary>
internal sealed class DecisionCheck(IBlobStore run, DecisionBook book, Findings findings)
{
    private const string Rebuild = "put it back from a backup, or replay the captures or archives into a new store";

    /// <summary>
    /// False when decisions are missing or damaged. What else lies in the store cannot be told from left-overs then, so that nothing may be deleted or
    /// decided anew for want of a decision.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The publications that the segments hold, by number; a joined segment's are together under its last.</summary>
    public async Task<DecisionManifest> RunAsync(CancellationToken cancellation)
    {
        if (await run.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is not { } stored)
        {
            // Records come after the manifest: without any, no run has come as far.
            if (await run.ListAsync(StoreNames.AllRecords, cancellation).AnyAsync(i => StoreNames.IsRecord(i.Name), cancellation).ConfigureAwait(false))
                Bad(StoreNames.DecisionManifest, "it is missing, and there are records: what was decided about them is not known");
            return DecisionManifest.Empty;
        }

        DecisionManifest manifest;
        try
        {
            manifest = DecisionManifest.Read(stored.Content.Span);
        }
        catch (StorageException e) when (e.IsDamage)
        {
            Bad(StoreNames.DecisionManifest, "it cannot be read: cut off or overwritten");
            return DecisionManifest.Empty;
        }

        var next = 1;
        foreach (var segment in manifest.Segments)
        {
            if (segment.First != next)
                Bad(segment.Name, FormattableString.Invariant($"the manifest goes from publication {next - 1} to {segment.First}"));
            next = segment.Last + 1;
            await ReadAsync(segment, cancellation).ConfigureAwait(false);
        }

        return manifest;
    }

    private async Task ReadAsync(DecisionSegment segment, CancellationToken cancellation)
    {
        if (await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) is not { } blob)
        {
            Bad(segment.Name, "it is missing, though the manifest names it");
            return;
        }

        if (ContentTag.Of(blob.Content.Span) != segment.Sha256)
        {
            Bad(segment.Name, "its bytes are not those that the manifest names: damaged or overwritten");
            return;
        }

        var decisions = DecisionLines.Read(blob.Content);
        if (decisions.Count != segment.Decisions)
            Bad(segment.Name, FormattableString.Invariant($"it holds {decisions.Count} decisions and the manifest says {segment.Decisions}"));
        foreach (var decision in decisions)
            book.Put(decision);
        if (segment.Places is not null)
            await PlacesAsync(segment, blob.Content, cancellation).ConfigureAwait(false);
    }

    private void Bad(string name, string what)
    {
        IsWhole = false;
        findings.ByHand(StoreInvariant.Complete, name, what, Rebuild);
    }

    private async Task PlacesAsync(DecisionSegment segment, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        DecisionPlaces.Named(segment, DecisionPlaces.Of(content), out var places);
        if (await run.ReadAsync(segment.Places!, cancellation).ConfigureAwait(false) is not { } there || !there.Content.Span.SequenceEqual(places.Content.Span))
        {
            await findings.RepairableAsync(
                StoreInvariant.Derived,
                segment.Places!,
                "where the decisions of a segment stand is missing or damaged",
                "write it anew from the segment",
                () => run.WriteBatchAsync([places], cancellation)).ConfigureAwait(false);
        }
    }
}
