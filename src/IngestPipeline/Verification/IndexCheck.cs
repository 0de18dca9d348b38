using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>
/// Checks that the copy index is what the manifest names, that every decided article of its window is in it once and no other, and that each card is whole.
/// An index of another format is not looked at: the next run makes it anew anyway.
/// </summary>
internal sealed class IndexCheck(IBlobStore run, DecisionManifest manifest, DecisionBook book, Findings findings)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private IndexCover? _cover;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (manifest.Index is not { Format: IndexFormat.Version } index)
            return;
        foreach (var segment in index.Segments.Reverse())
        {
            if (await SegmentAsync(segment, cancellation).ConfigureAwait(false) is { } what)
            {
                await BadAsync(segment.Name, what, cancellation).ConfigureAwait(false);
                return;
            }
        }

        var missing = Window().FirstOrDefault(d => !_ids.Contains(d.Id));
        if (missing is not null)
            await BadAsync(StoreNames.DecisionManifest, $"the copy index lacks {missing.Id}, an article of its window", cancellation).ConfigureAwait(false);
    }

    private async Task<string?> SegmentAsync(IndexSegment segment, CancellationToken cancellation)
    {
        if (await IndexBlobs.ReadAsync(run, segment, cancellation).ConfigureAwait(false) is not { } content)
            return "this segment of the copy index is missing or damaged, though the manifest names it";
        _cover ??= content.Cover;
        if (content.Records.Count != segment.Articles)
            return FormattableString.Invariant(
                $"this segment of the copy index describes {content.Records.Count} articles and the manifest says {segment.Articles}");
        for (var file = 0; file < segment.Cards.Count; file++)
        {
            var (name, length) = segment.Cards[file];
            if (await run.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } blob
                || blob.Content.Length != length
                || !name.Contains(ContentTag.Of(blob.Content.Span)[..16], StringComparison.Ordinal))
                return $"cards of this segment of the copy index, {name}, are missing or damaged";
            var other = content.Records.FirstOrDefault(r => r.Head.Card.Segment == file && StoredCards.IdAt(blob.Content.Span, r.Head.Card) != r.Id);
            if (other is not null)
                return $"cards of this segment of the copy index, {name}, have another article's in the place of {other.Id}";
        }

        foreach (var record in content.Records.Where(r => _cover.Value.Holds(r.Head.Seen) && !_ids.Contains(r.Id)))
        {
            if (book.Find(record.Id) is not { } decision)
                return $"this segment of the copy index describes {record.Id}, an article that is not decided about";
            if ((decision.FirstSeen?.UtcTicks ?? ArticleHead.Undated) != record.Head.Seen)
                return $"this segment of the copy index has another time for {record.Id} than the decision";
        }

        _ids.UnionWith(content.Records.Where(r => _cover.Value.Holds(r.Head.Seen)).Select(r => r.Id));
        return null;
    }

    private IEnumerable<PublishedDecision> Window()
    {
        if (_cover is not { } cover)
            return [];
        var dated = cover.HasDated ? book.Window(new DateTimeOffset(cover.From, TimeSpan.Zero), new DateTimeOffset(cover.To, TimeSpan.Zero)) : [];
        return cover.Undated ? dated.Concat(book.Window(null, null)) : dated;
    }

    private Task BadAsync(string name, string what, CancellationToken cancellation) => findings.RepairableAsync(
        StoreInvariant.Derived, name, what, "let go of the index: the next run makes it anew from articles and decisions", () => DropAsync(cancellation));

    private async Task DropAsync(CancellationToken cancellation)
    {
        var stored = await run.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        var without = DecisionManifest.Read(stored!.Content.Span).WithoutIndex();
        if (!(await run.ReplaceAsync(StoreNames.DecisionManifest, without.ToJson(), stored.ETag, cancellation).ConfigureAwait(false)).Written)
            throw new StorageException($"{run.Location}: another run is writing to this store. Wait until it has ended, then verify again.");
    }
}
