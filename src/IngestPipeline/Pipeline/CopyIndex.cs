using IngestPipeline.Archive;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// The copy index in the store: writes what a publication changed about the window as a segment, and fills an empty decider from the segments. Which
/// segments count says the manifest.
/// </summary>
internal sealed class CopyIndex(IBlobStore store, CopyDecider decider, StoredCards cards)
{
    /// <summary>Articles of one segment at most: the cards of so many are held in memory while they are written.</summary>
    private const int Most = 8_000;

    /// <summary>Segments read at once; one of the largest takes some ten megabytes in memory.</summary>
    private const int Ahead = 4;

    /// <summary>Fills the decider, which must be empty.</summary>
    /// <returns>Which articles it holds now; null when a segment is missing or damaged, and then the decider is empty again.</returns>
    public async Task<IndexCover?> LoadAsync(IndexManifest index, CancellationToken cancellation)
    {
        var loader = decider.Index.Loader();
        IndexCover? cover = null;
        // The next segments are read and checked while one is taken in.
        var ahead = new Queue<Task<IndexContent?>>();
        var unread = new Queue<IndexSegment>(index.Segments.Reverse());
        foreach (var segment in index.Segments.Reverse())
        {
            while (ahead.Count < Ahead && unread.TryDequeue(out var next))
                ahead.Enqueue(Task.Run(() => IndexBlobs.ReadAsync(store, next, cancellation), cancellation));
            if (await ahead.Dequeue().ConfigureAwait(false) is not { } content)
            {
                await Task.WhenAll(ahead).ConfigureAwait(false);
                decider.Clear();
                return null;
            }

            cover ??= content.Cover;
            loader.Take(content, [.. segment.Cards.Select(c => cards.Attach(c.Name))]);
        }

        loader.Finish();
        return cover;
    }

    /// <summary>Writes how the window differs from what the segments say.</summary>
    /// <param name="before">The index that the decider was filled from or that was written last; null when there is none.</param>
    /// <param name="day">The day of the publication.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="cover">What the window holds.</param>
    /// <param name="beside">What else is written, under the first segment's barrier.</param>
    /// <param name="cancellation">Stops between segments.</param>
    /// <returns>The index with the new segments and without those that have left the window.</returns>
    public async Task<IndexManifest> WriteAsync(
        IndexManifest? before, string day, int sequence, IndexCover cover, IReadOnlyList<BlobWrite> beside, CancellationToken cancellation)
    {
        if (before is null)
            decider.Index.Forget();
        var changes = decider.Index.TakeChanges();
        var segments = before is null ? [] : before.Segments.Where(s => s.Newest >= cover.From).ToList();
        var marks = changes.Marked.Select(decider.Index.MarksOf).ToList();
        var newest = decider.Index.Newest(changes.Marked);
        for (var from = 0; from == 0 || from < changes.Whole.Count; from += Most)
        {
            var numbers = changes.Whole.Skip(from).Take(Most).ToList();
            segments.Add(
                await WriteAsync(
                    day, sequence, numbers, new(cover, changes.Stale, changes.Affected, marks, []), newest, beside, cancellation).ConfigureAwait(false));
            (marks, beside) = ([], []);
        }

        return new(IndexFormat.Version, cover.HasDated ? cover.From : long.MaxValue, segments);
    }

    private async Task<IndexSegment> WriteAsync(
        string day, int sequence, List<int> numbers, IndexContent content, long newest, IReadOnlyList<BlobWrite> beside, CancellationToken cancellation)
    {
        var (framed, length) = (new List<byte[]>(numbers.Count), 0);
        var records = new List<IndexRecord>(numbers.Count);
        foreach (var number in numbers)
        {
            var (record, card) = decider.Index.Describe(number);
            framed.Add(StoredCards.Frame(card));
            record.Head = record.Head with { Card = CardPlace.Of(0, length, framed[^1].Length) };
            length = checked(length + framed[^1].Length);
            records.Add(record);
        }

        decider.Trim();
        // A stream that grows would take several times the room.
        using var memory = new RentedBodies();
        var blobs = length == 0 ? [] : new[] { IndexBlobs.Cards(day, sequence, Joined(framed, memory.Rent(length))) };
        var written = IndexBlobs.Segment(
            day, sequence, sequence, content with { Records = records }, Math.Max(newest, decider.Index.Newest(numbers)),
            [.. blobs.Select(b => new CardBlob(b.Name, b.Content.Length))]);
        await SegmentBlobs.WriteAsync(store, [.. beside, .. blobs, written.Blob], cancellation).ConfigureAwait(false);
        return written.Segment;
    }

    private static ReadOnlyMemory<byte> Joined(List<byte[]> parts, byte[] into)
    {
        var length = 0;
        foreach (var part in parts)
        {
            part.CopyTo(into, length);
            length += part.Length;
        }

        return into.AsMemory(0, length);
    }
}
