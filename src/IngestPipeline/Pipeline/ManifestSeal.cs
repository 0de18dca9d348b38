using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Joins the segments of a manifest, those of decisions and those of the index, and says what the manifest is then.</summary>
internal sealed class ManifestSeal(IBlobStore store)
{
    /// <summary>Where cards went: the blob that they stood in, the blob that they stand in now, and from which byte on.</summary>
    public List<(string From, string To, long Offset)> Moves { get; } = [];

    /// <summary>The manifest with joined segments, and what it names no longer as retired; null when there is nothing to join.</summary>
    public async Task<DecisionManifest?> JoinAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        var before = manifest;
        while (SegmentSeal.Next(manifest.Segments) is { } range)
            manifest = await DecisionsAsync(manifest, range, cancellation).ConfigureAwait(false);
        while (manifest.Index is { } index && IndexSeal.Next(index.Segments) is { } range)
            manifest = await IndexAsync(manifest, index, range, cancellation).ConfigureAwait(false);
        if (ReferenceEquals(before, manifest))
            return null;
        return manifest with { Retired = [.. before.Names.Except(manifest.Names, StringComparer.Ordinal)] };
    }

    // Joining changes no decision and no number: the lines of the segments stand one after another in the larger one.
    private async Task<DecisionManifest> DecisionsAsync(DecisionManifest manifest, Range range, CancellationToken cancellation)
    {
        var (start, count) = range.GetOffsetAndLength(manifest.Segments.Count);
        var joined = manifest.Segments.Skip(start).Take(count).ToList();
        using var bytes = new MemoryStream();
        var (places, moves) = (new List<DecisionPlace>(), new List<(string Name, long Offset)>());
        foreach (var segment in joined)
        {
            var offset = bytes.Length;
            moves.Add((segment.Name, offset));
            places.AddRange(
                (
                    await DecisionDirectory.PlacesAsync(store, segment, cancellation).ConfigureAwait(false)).Select(p =>
                        p with { Offset = checked(p.Offset + (uint)offset) }));
            bytes.Write((await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false)).Span);
        }

        var sha = ContentTag.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        var (first, last) = (joined[0].First, joined[^1].Last);
        var seal = new DecisionSegment(StoreNames.Decisions(joined[0].Day, first, last, sha), sha, joined.Sum(s => s.Decisions), first, last);
        seal = DecisionPlaces.Named(seal, [.. places], out var blob);
        await SegmentBlobs.WriteAsync(store, [new(seal.Name, bytes.ToArray()), blob], cancellation).ConfigureAwait(false);
        Moves.AddRange(moves.Select(m => (m.Name, seal.Name, m.Offset)));
        return manifest with { Segments = [.. manifest.Segments.Take(start), seal, .. manifest.Segments.Skip(start + count)] };
    }

    private async Task<DecisionManifest> IndexAsync(DecisionManifest manifest, IndexManifest index, Range range, CancellationToken cancellation)
    {
        var (start, count) = range.GetOffsetAndLength(index.Segments.Count);
        var join = new IndexSeal(store, [.. index.Segments.Skip(start).Take(count)]);
        if (await join.JoinAsync(new(index.From, long.MaxValue - 1, true), cancellation).ConfigureAwait(false) is not { } joined)
            return manifest with { Index = null };
        Moves.AddRange(join.Moves);
        return manifest with { Index = index with { Segments = [.. index.Segments.Take(start), joined, .. index.Segments.Skip(start + count)] } };
    }
}
