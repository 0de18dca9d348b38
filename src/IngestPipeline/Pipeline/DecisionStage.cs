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

    private readonly ViewWriter _view = new(store, book);
    private readonly RollUpWriter _rollUps = new(store);
    private readonly WindowRestorer _restorer = new(store, book, decider, TimeSpan.FromDays(windowDays));
    private readonly DecisionBatch _batch = new(book);
    private readonly DecisionManifestFile _file = new(store);
    private readonly MemoryUpkeep _upkeep = new();

    private StageIndex Index => field ??= new(store, decider, cards, _restorer, _file);

    private DecisionManifest Manifest => _file.Current;

    /// <summary>Why the window was read back from articles and decisions and not from the index; null when it was not, or nothing was decided before.</summary>
    public string? Rebuilt => Index.Rebuilt;

    /// <summary>Reads the manifest and its segments, and finishes what a crash left half done: the view, joined segments.</summary>
    /// <param name="cancellation">Stops between segments.</param>
    /// <param name="lazily">True reads no decision that is not asked for: the book then knows where each stands, and no captures.</param>
    public async Task<PublishCounts> OpenAsync(CancellationToken cancellation, bool lazily = false)
    {
        await _file.ReadAsync(cancellation).ConfigureAwait(false);
        if (lazily)
            book.Attach(await DecisionDirectory.OpenAsync(store, Manifest.Segments, cancellation).ConfigureAwait(false));
        else
            await ReadAllAsync(cancellation).ConfigureAwait(false);

        var counts = default(PublishCounts);
        foreach (var segment in Manifest.Segments.Where(s => s.Last > Manifest.Viewed).ToList())
        {
            var decisions = DecisionLines.Read(await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false));
            counts += await FollowAsync(segment.Last, decisions, rollUp: false, cancellation).ConfigureAwait(false);
        }

        counts += await AgainAsync(cancellation).ConfigureAwait(false);
        await RollUpAsync(cancellation).ConfigureAwait(false);
        await SealAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    /// <summary>
    /// True while the manifest is the one that this writer knows. False means that another writer has published since: what this one holds is
    /// out of date, and its next publication would be refused. Then drop the stage and its book, and open new ones.
    /// </summary>
    public Task<bool> IsCurrentAsync(CancellationToken cancellation) => _file.IsCurrentAsync(cancellation);

    /// <summary>Hands articles to the decider; nothing is published yet.</summary>
    public async Task AddAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        if (articles.Count == 0)
            return;

        await Index.FillAsync(cancellation).ConfigureAwait(false);
        try
        {
            try
            {
                await DecideAsync(articles, cancellation).ConfigureAwait(false);
            }
            catch (WindowFullException) when (articles.Min(a => a.Document.FirstSeen) is { } earliest)
            {
                // What none of these is compared with goes before it would after them.
                _restorer.Expire(earliest);
                await DecideAsync(articles, cancellation).ConfigureAwait(false);
            }
        }
        catch (WindowFullException e)
        {
            throw new StorageException(
                FormattableString.Invariant(
                    $"{store.Location}: {e.Message}. Nothing of this batch was decided. Compare articles over fewer than {windowDays} days (CopyWindowDays), or spread the feeds over several stores."),
                e);
        }
        catch (Exception e) when (StageIndex.Cause(e) is { } cause)
        {
            await Index.DropAsync(cause, cancellation).ConfigureAwait(false);
        }
    }

    private async Task DecideAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        if (_restorer.Unread(articles) > MostUnread)
            await ReadAllAsync(cancellation).ConfigureAwait(false);
        await _restorer.CoverAsync(articles, cancellation).ConfigureAwait(false);
        var decisions = decider.Add([.. articles.Select(a => a.Document)]);
        _batch.Add(articles);
        _batch.Add(decisions);
    }

    /// <summary>Where an article's bytes may stand until the next publication, by when they must be written.</summary>
    public RecordRoom Room => _view.Room;

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
        var (decisions, newest) = _batch.Take();
        if (decisions.Count == 0)
            return default;

        // The index shall say what the window holds for the next batch.
        if (newest is { } time)
            _restorer.Expire(time);
        try
        {
            var counts = await PublishLinesAsync(day, decisions, rollUp, removed: null, cancellation).ConfigureAwait(false);
            _upkeep.After(decisions.Count);
            return counts;
        }
        catch (Exception e) when (StageIndex.Cause(e) is { } cause)
        {
            await Index.DropAsync(cause, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Publishes removals, with what they change about others, and takes what is said of articles that are not there any more out of all segments.
    /// What the decider knows of them stays: drop the stage after it.
    /// </summary>
    public async Task<PublishCounts> RemoveAsync(string day, IReadOnlyList<PublishedDecision> decisions, CancellationToken cancellation)
    {
        var counts = decisions.Count == 0 ? default : await PublishLinesAsync(day, decisions, true, decisions, cancellation).ConfigureAwait(false);
        await new DecisionCompaction(store, book, _file).RunAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    // What a writer who had been overtaken may have put older records in place of has been read like that by whoever follows the changes log: so it is not
    // only written again but published again, as it stands.
    private async Task<PublishCounts> AgainAsync(CancellationToken cancellation)
    {
        if (Manifest.BehindRecords is not { Count: > 0 } names)
            return default;
        var decisions =
            names.Select(n => book.Find(StoreNames.ArticleIdOf(n)) is { } known ? RepeatedDecision.Of(known) : RepeatedDecision.OfRemoved(n)).ToList();
        var day = decisions.Max(d => d.Day)!;
        var counts =
            await PublishLinesAsync(day, decisions, rollUp: false, [.. decisions.Where(d => d.IsRemoval)], cancellation).ConfigureAwait(false);
        return counts with { Decisions = 0 };
    }

    private async Task<PublishCounts> PublishLinesAsync(
        string day, IReadOnlyList<PublishedDecision> decisions, bool rollUp, IReadOnlyList<PublishedDecision>? removed, CancellationToken cancellation)
    {
        var bytes = DecisionLines.Write(decisions);
        var sequence = Manifest.Published + 1;
        var sha = ContentTag.Of(bytes);
        var segment = DecisionPlaces.Named(
            new(StoreNames.Decisions(day, sequence, sha), sha, decisions.Count, sequence, sequence), DecisionPlaces.Of(decisions, bytes), out var places);
        // One barrier for all that the manifest names next.
        BlobWrite[] blobs = [new(segment.Name, bytes), places];
        var index = await Index.WriteAsync(day, sequence, removed, blobs, cancellation).ConfigureAwait(false);
        var dropped = (Manifest.Index?.Names ?? []).Except(index?.Names ?? [], StringComparer.Ordinal);
        await _file.SwapAsync(
            Manifest with
            {
                Segments = [.. Manifest.Segments, segment], Index = index, Retired = [.. Manifest.Retired.Union(dropped, StringComparer.Ordinal)],
                BehindRecords = [],
            },
            cancellation).ConfigureAwait(false);
        Index.Published(index);
        foreach (var decision in decisions)
            book.Put(decision);
        decider.Stored();
        var counts = new PublishCounts(decisions.Count, 0) + await FollowAsync(sequence, decisions, rollUp, cancellation).ConfigureAwait(false);
        await SealAsync(cancellation).ConfigureAwait(false);
        return counts;
    }

    // Afterwards the book knows everything itself.
    private async Task ReadAllAsync(CancellationToken cancellation)
    {
        book.Attach(null);
        foreach (var segment in Manifest.Segments)
        {
            foreach (var decision in DecisionLines.Read(await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false)))
                book.Put(decision);
        }
    }

    /// <summary>Writes the roll-ups of the days whose records changed since they were last written.</summary>
    public async Task RollUpAsync(CancellationToken cancellation)
    {
        if (Manifest.BehindDays.Count > 0)
            await _file.SwapAsync(
                await RolledUpAsync(Manifest, cancellation).ConfigureAwait(false), Manifest.BehindRecords, Manifest.BehindDays,
                cancellation).ConfigureAwait(false);
    }

    private async Task<DecisionManifest> RolledUpAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        await _rollUps.WriteAsync(manifest.BehindDays, cancellation, _view.Held).ConfigureAwait(false);
        return manifest with { BehindDays = [] };
    }

    private async Task<PublishCounts> FollowAsync(int sequence, IReadOnlyList<PublishedDecision> decisions, bool rollUp, CancellationToken cancellation)
    {
        var view = await _view.FollowAsync(
            sequence, decisions, rollUp ? _rollUps.MakeAhead : null, cancellation).ConfigureAwait(false);
        var behind = Manifest.Behind([], view.Days) with { Viewed = sequence };
        // Behind the records: a batch has no order, and who reads by cursor finds the records that a segment names. Roll-ups name no segment.
        var logging = store.WriteBatchAsync([view.Changes], cancellation);
        var rolling = rollUp ? RolledUpAsync(behind, cancellation) : Task.FromResult(behind);
        await Task.WhenAll(logging, rolling).ConfigureAwait(false);
        var followed = await rolling.ConfigureAwait(false);
        _view.Release();
        await _file.SwapAsync(followed, [.. view.Records, .. behind.BehindRecords], behind.BehindDays, cancellation).ConfigureAwait(false);
        return new(0, view.Written);
    }

    private async Task SealAsync(CancellationToken cancellation)
    {
        var seal = new ManifestSeal(store);
        if (await seal.JoinAsync(Manifest, cancellation).ConfigureAwait(false) is not { } joined)
            return;
        foreach (var name in Manifest.Retired)
            await store.DeleteAsync(name, cancellation: cancellation).ConfigureAwait(false);
        await _file.SwapAsync(joined, cancellation).ConfigureAwait(false);
        Index.Joined(joined.Index);
        foreach (var (from, to, offset) in seal.Moves)
        {
            cards?.Move(from, to, offset);
            book.Move(from, to, offset);
        }
    }
}
