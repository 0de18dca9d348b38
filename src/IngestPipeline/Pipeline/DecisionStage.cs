using System.Runtime.ExceptionServices;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// The single writer of decisions. A batch of articles goes to the decider; what is new or changed becomes one immutable segment, named by
/// the manifest through compare-and-swap; then the view follows. Every step can be derived again after a crash.
/// </summary>
/// <param name="store">The run, as a store of its own.</param>
/// <param name="book">The latest decisions; empty.</param>
/// <param name="decider">The decider; empty.</param>
/// <param name="windowDays">Articles further apart are never compared, in days.</param>
/// <param name="cards">The decider's cards when the copy index is kept in the store; null when it is not, as by who only takes articles out.</param>
internal sealed class DecisionStage(IBlobStore store, DecisionBook book, CopyDecider decider, int windowDays, StoredCards? cards = null)
{
    /// <summary>Decisions that are read one by one when a window is read back; when there are more, all are read, segment by segment.</summary>
    private const int MostUnread = 200;

    private readonly CopyIndex? _index = cards is null ? null : new(store, decider, cards);
    private readonly ViewWriter _view = new(store, book);
    private readonly RollUpWriter _rollUps = new(store);
    private readonly WindowRestorer _restorer = new(store, book, decider, TimeSpan.FromDays(windowDays));
    private readonly Dictionary<string, DecidedArticle> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopyDecision> _changed = new(StringComparer.Ordinal);
    private DecisionManifest _manifest = DecisionManifest.Empty;
    private string? _etag;
    private IndexManifest? _filled;
    private bool _isFilled;

    /// <summary>Why the window was read back from articles and decisions and not from the index; null when it was not, or nothing was decided before.</summary>
    public string? Rebuilt { get; private set; }

    /// <summary>Reads the manifest and its segments, and finishes what a crash left half done: the view, joined segments.</summary>
    /// <param name="cancellation">Stops between segments.</param>
    /// <param name="lazily">True reads no decision that is not asked for: the book then knows where each stands, and no captures.</param>
    public async Task<PublishCounts> OpenAsync(CancellationToken cancellation, bool lazily = false)
    {
        if (await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is { } stored)
        {
            _manifest = DecisionManifest.Read(stored.Content.Span);
            _etag = stored.ETag;
        }

        if (lazily)
            book.Attach(await DecisionDirectory.OpenAsync(store, _manifest.Segments, cancellation).ConfigureAwait(false));
        else
            await ReadAllAsync(cancellation).ConfigureAwait(false);

        var counts = default(PublishCounts);
        foreach (var segment in _manifest.Segments.Where(s => s.Last > _manifest.Viewed).ToList())
        {
            var decisions = DecisionLines.Read(await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false));
            counts += await FollowAsync(segment.Last, decisions, cancellation).ConfigureAwait(false);
        }

        await RollUpAsync(cancellation).ConfigureAwait(false);
        await SealAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    /// <summary>
    /// True while the manifest is the one that this writer knows. False means that another writer has published since: what this one holds is
    /// out of date, and its next publication would be refused. Then drop the stage and its book, and open new ones.
    /// </summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        return stored?.ETag == _etag;
    }

    /// <summary>Hands articles to the decider; nothing is published yet.</summary>
    public async Task AddAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        if (articles.Count == 0)
            return;

        await FillAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_restorer.Unread(articles) > MostUnread)
                await ReadAllAsync(cancellation).ConfigureAwait(false);
            await _restorer.CoverAsync(articles, cancellation).ConfigureAwait(false);
            foreach (var article in articles)
                _pending[article.Document.Id] = article;
            foreach (var decision in decider.Add([.. articles.Select(a => a.Document)]))
                _changed[decision.Id] = decision;
        }
        catch (Exception e) when (Cause(e) is { } cause)
        {
            await DropIndexAsync(cause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps an article's bytes at hand, so that its record need not read them back.</summary>
    public void Remember(string name, ReadOnlyMemory<byte> article) => _view.Remember(name, article);

    /// <summary>Publishes what the added articles changed, as one segment.</summary>
    /// <param name="day">The day that the batch was made for; part of the segment's name.</param>
    /// <param name="cancellation">Stops between steps; the next run goes on from there.</param>
    /// <param name="rollUp">
    /// False leaves the roll-ups of the days touched for a later <see cref="RollUpAsync"/>: a roll-up costs a reading of its whole day, which
    /// is too much for every minute.
    /// </param>
    public async Task<PublishCounts> PublishAsync(string day, CancellationToken cancellation, bool rollUp = true)
    {
        var decisions = Publishable();
        var newest = _pending.Values.Max(p => p.Document.FirstSeen);
        _pending.Clear();
        _changed.Clear();
        if (decisions.Count == 0)
            return default;

        // The index shall say what the window holds for the next batch.
        if (newest is { } time)
            _restorer.Expire(time);
        try
        {
            return await PublishLinesAsync(day, decisions, rollUp, isRemoval: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (Cause(e) is { } cause)
        {
            await DropIndexAsync(cause, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Publishes removals, with what they change about others, and takes what is said of articles that are not there any more out of all segments.
    /// What the decider knows of them stays: drop the stage after it.
    /// </summary>
    public async Task<PublishCounts> RemoveAsync(string day, IReadOnlyList<PublishedDecision> decisions, CancellationToken cancellation)
    {
        var counts = decisions.Count == 0 ? default : await PublishLinesAsync(day, decisions, true, isRemoval: true, cancellation).ConfigureAwait(false);
        await CompactAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    private async Task<PublishCounts> PublishLinesAsync(string day, IReadOnlyList<PublishedDecision> decisions, bool rollUp, bool isRemoval, CancellationToken cancellation)
    {
        var bytes = DecisionLines.Write(decisions);
        var sequence = _manifest.Published + 1;
        var sha = ContentTag.Of(bytes);
        var segment = new DecisionSegment(StoreNames.Decisions(day, sequence, sha), sha, decisions.Count, sequence, sequence);
        await DecisionBlobs.CreateAsync(store, segment.Name, bytes, cancellation).ConfigureAwait(false);
        segment = DecisionPlaces.Named(segment, DecisionPlaces.Of(bytes), out var places);
        await store.WriteBatchAsync([places], cancellation).ConfigureAwait(false);
        var index = isRemoval ? IndexWithout(decisions) : await WriteIndexAsync(day, sequence, cancellation).ConfigureAwait(false);
        var dropped = (_manifest.Index?.Names ?? []).Except(index?.Names ?? [], StringComparer.Ordinal);
        await SwapAsync(_manifest with { Segments = [.. _manifest.Segments, segment], Index = index, Retired = [.. _manifest.Retired.Union(dropped, StringComparer.Ordinal)] }, cancellation).ConfigureAwait(false);
        _filled = index;
        foreach (var decision in decisions)
            book.Put(decision);
        decider.Stored();
        var counts = new PublishCounts(decisions.Count, 0) + await FollowAsync(sequence, decisions, cancellation).ConfigureAwait(false);
        if (rollUp)
            await RollUpAsync(cancellation).ConfigureAwait(false);
        await SealAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    // Afterwards the book knows everything itself.
    private async Task ReadAllAsync(CancellationToken cancellation)
    {
        book.Attach(null);
        foreach (var segment in _manifest.Segments)
        {
            foreach (var decision in DecisionLines.Read(await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false)))
                book.Put(decision);
        }
    }

    // An empty decider takes over what the index says; without one, or with a damaged one, articles and decisions are read back as they are needed.
    private async Task FillAsync(CancellationToken cancellation)
    {
        if (_isFilled || _index is null)
            return;
        (_isFilled, _filled) = (true, null);
        var index = _manifest.Index;
        if (index?.Format == IndexFormat.Version && await _index.LoadAsync(index, cancellation).ConfigureAwait(false) is { } cover)
            (_restorer.Cover, _filled) = (cover, index);
        else if (_manifest.Published > 0)
            Rebuilt = index is null ? "the store has none" : index.Format == IndexFormat.Version ? "a part of it is missing or damaged" : $"it is of the format {index.Format}";
    }

    private async Task<IndexManifest?> WriteIndexAsync(string day, int sequence, CancellationToken cancellation) =>
        _index is null ? null : await _index.WriteAsync(_filled, day, sequence, _restorer.Cover, cancellation).ConfigureAwait(false);

    // Of articles that have left the window it says nothing.
    private IndexManifest? IndexWithout(IReadOnlyList<PublishedDecision> decisions) =>
        _manifest.Index is { } index && decisions.All(d => d.FirstSeen?.UtcTicks < index.From) ? index : null;

    // What a comparer throws, who reads cards, sorting wraps.
    private static Exception? Cause(Exception e) => e is IndexDamageException ? e : (e as InvalidOperationException)?.InnerException;

    private async Task DropIndexAsync(Exception cause, CancellationToken cancellation)
    {
        if (cause is not IndexDamageException damage)
        {
            ExceptionDispatchInfo.Throw(cause);
            return;
        }

        await SwapAsync(_manifest.WithoutIndex(), cancellation).ConfigureAwait(false);
        throw new StorageException($"{damage.Message} The index of copies was dropped, and the next run makes it anew from articles and decisions: run again.", damage);
    }

    // Every segment is followed by now, so that no removal has to be read again. What the swap does not name may be deleted: whoever was about
    // to name it holds an older manifest and is refused.
    private async Task CompactAsync(CancellationToken cancellation)
    {
        var doomed = new SortedSet<string>(_manifest.Retired, StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(StoreNames.DecisionSegments, cancellation).ConfigureAwait(false))
            doomed.Add(item.Name);
        await foreach (var item in store.ListAsync(StoreNames.Index, cancellation).ConfigureAwait(false))
            doomed.Add(item.Name);
        doomed.Remove(StoreNames.DecisionManifest);
        var segments = new List<DecisionSegment>(_manifest.Segments.Count);
        foreach (var segment in _manifest.Segments)
        {
            var read = await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false);
            if (SegmentCompaction.Compact(segment, read, id => book.Find(id) is not null) is not var (compact, bytes))
            {
                segments.Add(segment);
                continue;
            }

            await DecisionBlobs.CreateAsync(store, compact.Name, bytes, cancellation).ConfigureAwait(false);
            segments.Add(DecisionPlaces.Named(compact, DecisionPlaces.Of(bytes), out var places));
            await store.WriteBatchAsync([places], cancellation).ConfigureAwait(false);
        }

        doomed.ExceptWith((_manifest with { Segments = segments }).Names);
        if (doomed.Count == 0)
            return;
        await SwapAsync(_manifest with { Segments = segments, Retired = [.. doomed] }, cancellation).ConfigureAwait(false);
        foreach (var name in doomed)
            await store.DeleteAsync(name, cancellation: cancellation).ConfigureAwait(false);
        await SwapAsync(_manifest with { Retired = [] }, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes the roll-ups of the days whose records changed since they were last written.</summary>
    public async Task RollUpAsync(CancellationToken cancellation)
    {
        if (_manifest.BehindDays.Count == 0)
            return;
        await _rollUps.WriteAsync(_manifest.BehindDays, cancellation).ConfigureAwait(false);
        await SwapAsync(_manifest with { BehindDays = [] }, cancellation).ConfigureAwait(false);
    }

    private async Task<PublishCounts> FollowAsync(int sequence, IReadOnlyList<PublishedDecision> decisions, CancellationToken cancellation)
    {
        var (records, days) = await _view.FollowAsync(sequence, decisions, cancellation).ConfigureAwait(false);
        var behind = _manifest.BehindDays.Union(days, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        await SwapAsync(_manifest with { Viewed = sequence, BehindDays = [.. behind] }, cancellation).ConfigureAwait(false);
        return new(0, records);
    }

    private async Task SealAsync(CancellationToken cancellation)
    {
        var seal = new ManifestSeal(store);
        if (await seal.JoinAsync(_manifest, cancellation).ConfigureAwait(false) is not { } joined)
            return;
        foreach (var name in _manifest.Retired)
            await store.DeleteAsync(name, cancellation: cancellation).ConfigureAwait(false);
        await SwapAsync(joined, cancellation).ConfigureAwait(false);
        _filled = _filled is null ? null : joined.Index;
        foreach (var (from, to, offset) in seal.Moves)
        {
            cards?.Move(from, to, offset);
            book.Move(from, to, offset);
        }
    }

    private List<PublishedDecision> Publishable()
    {
        var ids = _pending.Keys.Union(_changed.Keys, StringComparer.Ordinal);
        var decisions = new List<PublishedDecision>();
        foreach (var id in ids)
        {
            var before = book.Find(id);
            var pending = _pending.GetValueOrDefault(id);
            var decision = _changed.GetValueOrDefault(id) ?? before?.Decision;
            // A change about an article that this store never published (it cannot be, or the window was restored wrongly) has no facts to stand on.
            if (decision is null || (pending is null && (before is null || before.Decision == decision)))
                continue;
            decisions.Add(Publish(decision, pending, before));
        }

        decisions.Sort((a, b) => Nullable.Compare(a.FirstSeen, b.FirstSeen) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        return decisions;
    }

    private static PublishedDecision Publish(CopyDecision decision, DecidedArticle? article, PublishedDecision? before) => new()
    {
        Decision = decision,
        Revision = (before?.Revision ?? 0) + 1,
        Cause = article is null ? "regrouped" : before is null ? "new" : "revised",
        PreviousCanonicalId = before?.Decision.CanonicalId,
        PreviousKind = before?.Decision.Kind,
        PreviousStoryId = before?.Decision.StoryId,
        ArticleRevision = article?.Revision ?? before!.ArticleRevision,
        FirstSeen = article is null ? before!.FirstSeen : article.Document.FirstSeen,
        Captured = article is null ? before!.Captured : article.Captured,
        ContentHash = article?.ContentHash ?? before!.ContentHash,
        Outlet = article is null ? before!.Outlet : article.Outlet,
        Url = article is null ? before!.Url : article.Url,
        Title = article is null ? before!.Title : article.Title,
    };

    private async Task SwapAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        var result = await store.SwapAsync(StoreNames.DecisionManifest, manifest.ToJson(), _etag, cancellation).ConfigureAwait(false);
        if (!result.Written)
            throw new StorageException($"{store.Location}: another run is writing to this store. Wait until it has ended, then run again.");
        _etag = result.ETag;
        _manifest = manifest;
    }
}
