using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Reads the manifest and its segments, checks each against its hash, and leaves the latest decisions in the book.</summary>
internal sealed class DecisionCheck(IBlobStore run, DecisionBook book, Findings findings)
{
    private const string Rebuild = "replay the captures or archives into a new store";

    /// <summary>The publications that the segments hold, by number; a joined segment's are together under its last.</summary>
    public async Task<DecisionManifest> RunAsync(CancellationToken cancellation)
    {
        if (await run.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is not { } stored)
            return DecisionManifest.Empty;
        DecisionManifest manifest;
        try
        {
            manifest = DecisionManifest.Read(stored.Content.Span);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            findings.ByHand(StoreInvariant.Complete, StoreNames.DecisionManifest, "it cannot be read: cut off or overwritten", Rebuild);
            return DecisionManifest.Empty;
        }

        var next = 1;
        foreach (var segment in manifest.Segments)
        {
            if (segment.First != next)
                findings.ByHand(StoreInvariant.Complete, segment.Name, FormattableString.Invariant($"the manifest goes from publication {next - 1} to {segment.First}"), Rebuild);
            next = segment.Last + 1;
            await ReadAsync(segment, cancellation).ConfigureAwait(false);
        }

        return manifest;
    }

    private async Task ReadAsync(DecisionSegment segment, CancellationToken cancellation)
    {
        if (await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) is not { } blob)
        {
            findings.ByHand(StoreInvariant.Complete, segment.Name, "it is missing, though the manifest names it", Rebuild);
            return;
        }

        if (ContentTag.Of(blob.Content.Span) != segment.Sha256)
        {
            findings.ByHand(StoreInvariant.Complete, segment.Name, "its bytes are not those that the manifest names: damaged or overwritten", Rebuild);
            return;
        }

        var decisions = DecisionLines.Read(blob.Content);
        if (decisions.Count != segment.Decisions)
            findings.ByHand(StoreInvariant.Complete, segment.Name, FormattableString.Invariant($"it holds {decisions.Count} decisions and the manifest says {segment.Decisions}"), Rebuild);
        foreach (var decision in decisions)
            book.Put(decision);
        if (segment.Places is not null)
            await PlacesAsync(segment, blob.Content, cancellation).ConfigureAwait(false);
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
