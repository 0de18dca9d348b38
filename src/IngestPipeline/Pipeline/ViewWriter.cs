using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Makes the view follow a publication: the records of what changed, and the segment of the changes log to write behind them. Doing it twice changes nothing, so a
/// crash half-way is mended by doing it again.
/// </summary>
internal sealed class ViewWriter(IBlobStore store, DecisionBook book)
{
    private const int Batch = 512;
    private const long CacheBytes = 64L << 20;
    private const long HeldBytes = 16L << 20;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _articles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _held = new(StringComparer.Ordinal);
    private long _cached;
    private long _heldBytes;

    /// <summary>Records of the segment followed last, by name, within a bound; empty where they were not to be held.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Held => _held;

    /// <summary>Keeps an article's bytes until the next segment is followed, within a bound.</summary>
    public void Remember(string name, ReadOnlyMemory<byte> article)
    {
        if (_cached + article.Length > CacheBytes)
            return;
        _cached += article.Length;
        _articles[name] = article;
    }

    /// <summary>Where bytes that are remembered may stand; it is used again after <see cref="Release"/>.</summary>
    public RecordRoom Room { get; } = new();

    /// <summary>Lets go of <see cref="Held"/>, and of all that stands in <see cref="Room"/>.</summary>
    public void Release()
    {
        Room.Clear();
        _held.Clear();
        _heldBytes = 0;
    }

    /// <param name="sequence">The segment's number.</param>
    /// <param name="decisions">Its decisions.</param>
    /// <param name="rollUp">
    /// Where the records are held for a roll-up of their days: takes them while the last are being written, unless they are too many to be held; else null.
    /// </param>
    /// <param name="cancellation">Stops between batches.</param>
    public async Task<FollowedView> FollowAsync(
        int sequence, IReadOnlyList<PublishedDecision> decisions, Action<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>? rollUp,
        CancellationToken cancellation)
    {
        var decided = decisions.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var removed = decisions.Where(d => d.IsRemoval).ToDictionary(d => d.Id, StringComparer.Ordinal);
        var others = new List<PublishedDecision>();
        var days = new SortedSet<string>(StringComparer.Ordinal);
        var records = new List<string>();
        var writes = new List<BlobWrite>(Batch);
        var written = 0;
        foreach (var id in ChangeLog.Touched(decisions))
        {
            if (book.Find(id) is not { } decision)
            {
                // Taken out now, or earlier and only pointed at; a canonical article that was never decided about cannot be: ids come from decisions.
                if (removed.TryGetValue(id, out var gone) && days.Add(gone.Day) is var _)
                    await store.DeleteAsync(StoreNames.Record(gone.Day, id), cancellation: cancellation).ConfigureAwait(false);
                continue;
            }

            if (!decided.Contains(id))
                others.Add(decision);
            records.Add(StoreNames.Record(decision.Day, id));
            writes.Add(new(records[^1], await RecordAsync(decision, cancellation).ConfigureAwait(false)));
            if (rollUp is not null)
                Hold(decision, writes[^1]);
            days.Add(decision.Day);
            if (writes.Count < Batch)
                continue;
            written += await store.WriteBatchAsync(writes, cancellation).ConfigureAwait(false);
            writes.Clear();
        }

        var writing = writes.Count > 0 ? store.WriteBatchAsync(writes, cancellation) : Task.FromResult(0);
        try
        {
            if (_held.Count == records.Count)
                rollUp?.Invoke(_held);
        }
        finally
        {
            written += await writing.ConfigureAwait(false);
        }

        _articles.Clear();
        _cached = 0;
        return new(written, records, days, new(StoreNames.Changes(sequence), ChangeLog.Segment(sequence, decisions, others)));
    }

    /// <summary>A record as the view has it.</summary>
    /// <param name="decision">The latest decision about the article.</param>
    /// <param name="article">The article's bytes.</param>
    public ReadOnlyMemory<byte> Record(PublishedDecision decision, ReadOnlyMemory<byte> article) => Record(decision, article, null);

    private ReadOnlyMemory<byte> Record(PublishedDecision decision, ReadOnlyMemory<byte> article, RecordRoom? room)
    {
        var copies = decision.Decision.CanonicalId == decision.Id ? book.Members(decision.Id) : [];
        return RecordView.Write(article.Span, decision, copies, room);
    }

    // It holds the article's bytes itself, which nobody asks for again.
    private void Hold(PublishedDecision decision, BlobWrite record)
    {
        if (_heldBytes + record.Content.Length > HeldBytes)
            return;
        _heldBytes += record.Content.Length;
        _held[record.Name] = record.Content;
        _articles.Remove(StoredArticle.Name(decision));
    }

    private async Task<ReadOnlyMemory<byte>> RecordAsync(PublishedDecision decision, CancellationToken cancellation)
    {
        if (!_articles.TryGetValue(StoredArticle.Name(decision), out var article))
            article = await StoredArticle.ReadAsync(store, decision, cancellation).ConfigureAwait(false);

        return Record(decision, article, Room);
    }
}
