using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks the articles' ledgers of a live store: nothing accepted is forgotten, what was written is decided or waits, and the sums agree.</summary>
/// <param name="root">The store.</param>
/// <param name="run">Its current run.</param>
/// <param name="book">The decisions; null when some could not be read.</param>
/// <param name="time">The clock, for work that is listed anew.</param>
/// <param name="findings">Where problems go.</param>
internal sealed class LedgerCheck(IBlobStore root, IBlobStore run, DecisionBook? book, TimeProvider time, Findings findings)
{
    private static readonly TimeSpan Soon = TimeSpan.Zero;

    private readonly DueMarkers _pending = new(root, StoreNames.Pending);
    private readonly DueMarkers _rechecks = new(root, StoreNames.Rechecks);
    private readonly ArticleStates _states = new(root);

    public long Requests { get; private set; }

    public long Pending { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var markers = await ArticlesAsync(_pending, cancellation).ConfigureAwait(false);
        var rechecks = await ArticlesAsync(_rechecks, cancellation).ConfigureAwait(false);
        var inbox = await InboxAsync(cancellation).ConfigureAwait(false);
        await foreach (var item in root.ListAsync("state/articles/", cancellation).ConfigureAwait(false))
        {
            ArticleState state;
            try
            {
                if ((await _states.ReadAsync(Path.GetFileNameWithoutExtension(item.Name), cancellation).ConfigureAwait(false)).State is not { } read)
                    continue;
                state = read;
            }
            catch (FormatException)
            {
                findings.ByHand(
                    StoreInvariant.Accounted, item.Name, "the article's ledger cannot be read: cut off or overwritten",
                    "delete it; the next poll that names the article takes it as new");
                continue;
            }

            Requests += state.Requests;
            Pending += state.Pending.Count;
            // One that is listed under any marker is looked at soon, and what its ledger names is listed then.
            if (!markers.Contains(state.Id))
            {
                await ListedAsync(state, cancellation).ConfigureAwait(false);
                await LookedAtAgainAsync(state, rechecks, cancellation).ConfigureAwait(false);
            }

            await DecidedAsync(state, inbox, cancellation).ConfigureAwait(false);
        }

        await SumsAsync(inbox, cancellation).ConfigureAwait(false);
    }

    private async Task ListedAsync(ArticleState state, CancellationToken cancellation)
    {
        if (state.Pending.Count == 0)
            return;
        await findings.RepairableAsync(
            StoreInvariant.Accounted,
            StoreNames.ArticleState(state.Id),
            FormattableString.Invariant($"{state.Pending.Count} requests are pending and no marker lists them: nobody would work on them"),
            "list them, so that the next look of the running pipeline sends them",
            async () =>
            {
                var listed = await _states.ChangeAsync(
                    state.Id,
                    before =>
                        before is not { Pending.Count: > 0 }
                            ? null
                            : (before with { Marker = null, ClaimedAt = null, DueAt = null }).Listed(time.GetUtcNow(), Soon),
                    cancellation).ConfigureAwait(false);
                if (listed?.Marker is { } key)
                    await _pending.CreateAsync(key, cancellation).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task LookedAtAgainAsync(ArticleState state, HashSet<string> rechecks, CancellationToken cancellation)
    {
        if (state.RecheckMarker is not { } key || rechecks.Contains(state.Id))
            return;
        await findings.RepairableAsync(
            StoreInvariant.Accounted,
            StoreNames.ArticleState(state.Id),
            "the page is to be looked at again and no marker lists it: nobody would",
            "list it",
            () => _rechecks.CreateAsync(key, cancellation)).ConfigureAwait(false);
    }

    private async Task DecidedAsync(ArticleState state, Dictionary<(string Id, int Revision), InboxItem> inbox, CancellationToken cancellation)
    {
        if (state.Revisions is not [.., var latest])
            return;
        var day = StoreNames.Day(state.FirstSeen);
        var name = StoreNames.Article(day, state.Id, latest.Number);
        if (await run.ReadAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            findings.ByHand(
                StoreInvariant.Accounted, name, "the ledger says that this article was written, and it is not there",
                "replay the captures into a new store, or into this one with --new-run");
            return;
        }

        if (book is null || book.Find(state.Id)?.ArticleRevision >= latest.Number || inbox.ContainsKey((state.Id, latest.Number)))
            return;
        var request = state.Ended.Count > 0 ? state.Ended[^1].Number : state.Requests;
        var item = new InboxItem(state.Id, request, latest.Captured, Disposition.Written, day, latest.Number);
        await findings.RepairableAsync(
            StoreInvariant.Accounted,
            name,
            "the article was written, and neither was it decided about nor does it wait for that",
            "put it into the inbox again",
            () => root.CreateAsync(item.Name, item.ToJson(), cancellation)).ConfigureAwait(false);
    }

    private async Task SumsAsync(Dictionary<(string Id, int Revision), InboxItem> inbox, CancellationToken cancellation)
    {
        var stored = await root.ReadAsync(StoreNames.Ledger, cancellation).ConfigureAwait(false);
        if (stored is null && Requests == 0)
            return;
        LiveLedger ledger;
        try
        {
            ledger = stored is null ? LiveLedger.Empty : LiveLedger.Read(stored.Content.Span);
        }
        catch (StorageException e) when (e.IsDamage)
        {
            findings.ByHand(
                StoreInvariant.Accounted,
                StoreNames.Ledger,
                "the counts of how requests ended cannot be read: cut off or overwritten",
                "put it back from a backup, or delete it: counting begins anew, and articles and records are not touched");
            return;
        }

        var counted = new HashSet<string>(ledger.Counted, StringComparer.Ordinal);
        var waiting = inbox.Values.Select(i => i.Key).Distinct(StringComparer.Ordinal).Count(k => !counted.Contains(k));
        var missing = Requests - (ledger.Total + Pending + waiting);
        if (missing != 0)
        {
            findings.ByHand(
                StoreInvariant.Accounted,
                StoreNames.Ledger,
                FormattableString.Invariant(
                    $"{Requests} requests came in; {ledger.Total} ended, {waiting} wait to be counted, {Pending} are pending: {Math.Abs(missing)} {(missing > 0 ? "are unaccounted for" : "were counted twice")}"),
                "a pipeline that is running counts as it goes: verify again when it has stopped. If it stays, the counts of dispositions are off; articles and records are not");
        }
    }

    private async Task<Dictionary<(string Id, int Revision), InboxItem>> InboxAsync(CancellationToken cancellation)
    {
        var items = new Dictionary<(string, int), InboxItem>();
        var unwritten = -1;
        await foreach (var blob in root.ListAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false))
        {
            if (await root.ReadAsync(blob.Name, cancellation).ConfigureAwait(false) is not { } content)
                continue;
            if (InboxItem.Read(content.Content.Span) is { } item)
                items[(item.Id, item.Day is null ? unwritten-- : item.Revision)] = item;
            else
                findings.ByHand(
                    StoreInvariant.Accounted, blob.Name, "this inbox item cannot be read", "nothing: the next deduplication sets it aside in quarantine/");
        }

        return items;
    }

    private async Task<HashSet<string>> ArticlesAsync(DueMarkers markers, CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var key in markers.DueAsync(DateTimeOffset.MaxValue, cancellation).ConfigureAwait(false))
            ids.Add(DueMarkers.IdOf(key));
        return ids;
    }
}
