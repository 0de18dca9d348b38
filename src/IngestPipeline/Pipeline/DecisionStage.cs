using System.Security.Cryptography;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// The single writer of decisions. A batch of articles goes to the decider; what is new or changed becomes one immutable segment, named by
/// the manifest through compare-and-swap; then the view follows. Every step can be derived again after a crash.
/// </summary>
internal sealed class DecisionStage(IBlobStore store, DecisionBook book, CopyDecider decider, int windowDays)
{
    private readonly ViewWriter _view = new(store, book);
    private readonly WindowRestorer _restorer = new(store, book, decider, TimeSpan.FromDays(windowDays));
    private readonly Dictionary<string, DecidedArticle> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopyDecision> _changed = new(StringComparer.Ordinal);
    private DecisionManifest _manifest = DecisionManifest.Empty;
    private string? _etag;

    /// <summary>Reads the manifest and its segments, and finishes a view that a crash left behind.</summary>
    public async Task<PublishCounts> OpenAsync(CancellationToken cancellation)
    {
        if (await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is { } stored)
        {
            _manifest = DecisionManifest.Read(stored.Content.Span);
            _etag = stored.ETag;
        }

        for (var i = 0; i < _manifest.Segments.Count; i++)
        {
            foreach (var decision in await ReadSegmentAsync(_manifest.Segments[i], cancellation).ConfigureAwait(false))
                book.Put(decision);
        }

        var counts = default(PublishCounts);
        while (_manifest.Viewed < _manifest.Segments.Count)
        {
            var sequence = _manifest.Viewed + 1;
            var decisions = await ReadSegmentAsync(_manifest.Segments[sequence - 1], cancellation).ConfigureAwait(false);
            counts += new PublishCounts(0, await _view.FollowAsync(sequence, decisions, cancellation).ConfigureAwait(false));
            await SwapAsync(_manifest with { Viewed = sequence }, cancellation).ConfigureAwait(false);
        }

        return counts;
    }

    /// <summary>Hands articles to the decider; nothing is published yet.</summary>
    public async Task AddAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        if (articles.Count == 0)
            return;

        await _restorer.CoverAsync(articles, cancellation).ConfigureAwait(false);
        foreach (var article in articles)
            _pending[article.Document.Id] = article;
        foreach (var decision in decider.Add([.. articles.Select(a => a.Document)]))
            _changed[decision.Id] = decision;
    }

    /// <summary>Keeps an article's bytes at hand, so that its record need not read them back.</summary>
    public void Remember(string name, ReadOnlyMemory<byte> article) => _view.Remember(name, article);

    /// <summary>Publishes what the added articles changed, as one segment.</summary>
    /// <param name="day">The day that the batch was made for; part of the segment's name.</param>
    /// <param name="cancellation">Stops between steps; the next run goes on from there.</param>
    public async Task<PublishCounts> PublishAsync(string day, CancellationToken cancellation)
    {
        var decisions = Publishable();
        var newest = _pending.Values.Max(p => p.Document.FirstSeen);
        _pending.Clear();
        _changed.Clear();
        if (decisions.Count == 0)
            return default;

        var bytes = NdJson(decisions.Select(DecisionJson.Write));
        var sequence = _manifest.Segments.Count + 1;
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var segment = new DecisionSegment(StoreNames.Decisions(day, sequence, sha), sha, decisions.Count);
        var created = await store.CreateAsync(segment.Name, bytes, cancellation).ConfigureAwait(false);
        if (!created.Written)
            throw new StorageException($"{store.Location}: {segment.Name} holds other bytes than its name says; the store is damaged. Replay into a new store.");

        await SwapAsync(new([.. _manifest.Segments, segment], _manifest.Viewed), cancellation).ConfigureAwait(false);
        foreach (var decision in decisions)
            book.Put(decision);
        var records = await _view.FollowAsync(sequence, decisions, cancellation).ConfigureAwait(false);
        await SwapAsync(_manifest with { Viewed = sequence }, cancellation).ConfigureAwait(false);
        if (newest is { } time)
            _restorer.Expire(time);
        return new(decisions.Count, records);
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

    private async Task<IReadOnlyList<PublishedDecision>> ReadSegmentAsync(DecisionSegment segment, CancellationToken cancellation)
    {
        var blob = await store.ReadAsync(segment.Name, cancellation).ConfigureAwait(false)
            ?? throw new StorageException($"{store.Location}: {segment.Name} is missing though the manifest names it; the store is damaged. Replay into a new store.");
        if (Convert.ToHexStringLower(SHA256.HashData(blob.Content.Span)) != segment.Sha256)
            throw new StorageException($"{store.Location}: {segment.Name} does not match the manifest's hash; the store is damaged. Replay into a new store.");

        var decisions = new List<PublishedDecision>(segment.Decisions);
        for (var rest = blob.Content; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            decisions.Add(DecisionJson.Read(rest.Span[..end]));
            rest = rest[(end + 1)..];
        }

        return decisions;
    }

    private async Task SwapAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        var json = manifest.ToJson();
        var result = _etag is null
            ? await store.CreateAsync(StoreNames.DecisionManifest, json, cancellation).ConfigureAwait(false)
            : await store.ReplaceAsync(StoreNames.DecisionManifest, json, _etag, cancellation).ConfigureAwait(false);
        if (!result.Written)
            throw new StorageException($"{store.Location}: another run is writing to this store. Wait until it has ended, then run again.");
        _etag = result.ETag;
        _manifest = manifest;
    }

    internal static byte[] NdJson(IEnumerable<byte[]> lines)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            bytes.Write(line);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
