using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Reads what waits in the inbox. What cannot be read is set aside with the reason, and never skipped in silence.</summary>
internal sealed class InboxReader(LiveStore store, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <summary>The items that wait longest.</summary>
    public async Task<IReadOnlyList<InboxItem>> ReadAsync(int most, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var item in store.Root.ListAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false))
        {
            names.Add(item.Name);
            if (names.Count == most)
                break;
        }

        var items = new InboxItem?[names.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, names.Count), Options(cancellation), async (i, token) =>
        {
            var blob = await store.Root.ReadAsync(names[i], token).ConfigureAwait(false);
            items[i] = blob is null ? null : InboxItem.Read(blob.Content.Span);
            if (items[i] is { Day: { } day } item && await Tombstones.HoldAsync(store.Root, item.Id, token).ConfigureAwait(false))
                items[i] = await ForgetAsync(item, day, token).ConfigureAwait(false);
            if (blob is not null && items[i]?.Name != names[i])
                await SetAsideAsync(names[i], blob.Content, "the item cannot be read", token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return [.. items.OfType<InboxItem>()];
    }

    /// <summary>The articles of items that are not decided about yet, in the order of decisions.</summary>
    public async Task<IReadOnlyList<DecidedArticle>> ArticlesAsync(LiveIndex index, IReadOnlyList<InboxItem> items, CancellationToken cancellation)
    {
        var run = await store.RunAsync(cancellation).ConfigureAwait(false);
        var wanted = items.Where(i => i.Day is not null && !(index.Book.Find(i.Id)?.ArticleRevision >= i.Revision)).ToList();
        var found = new (DecidedArticle Article, string Name, ReadOnlyMemory<byte> Bytes)?[wanted.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, wanted.Count), Options(cancellation), async (i, token) =>
        {
            var name = StoreNames.Article(wanted[i].Day!, wanted[i].Id, wanted[i].Revision);
            var blob = await run.ReadAsync(name, token).ConfigureAwait(false);
            if (blob is not null && TryDecide(blob.Content.Span) is { } article)
                found[i] = (article, name, blob.Content);
            else
                await SetAsideAsync(
                    wanted[i].Name, wanted[i].ToJson(), blob is null ? $"{name} is missing" : $"{name} cannot be read", token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var articles = found.Where(f => f is not null).Select(f => f!.Value).OrderBy(f => f.Article.Document.FirstSeen)
            .ThenBy(f => f.Article.Document.Id, StringComparer.Ordinal).ThenBy(f => f.Article.Revision).ToList();
        foreach (var (_, name, bytes) in articles)
            index.Stage.Remember(name, bytes);
        return [.. articles.Select(a => a.Article)];
    }

    // Written by a worker that was under way while its article was forgotten.
    private async Task<InboxItem> ForgetAsync(InboxItem item, string day, CancellationToken cancellation)
    {
        var run = await store.RunAsync(cancellation).ConfigureAwait(false);
        await run.DeleteAsync(StoreNames.Article(day, item.Id, item.Revision), null, cancellation).ConfigureAwait(false);
        await new ForgottenWork(store.Root).EndAsync(item.Id, cancellation).ConfigureAwait(false);
        return item with { Day = null, Revision = 0, Disposition = Disposition.Forgotten };
    }

    private static DecidedArticle? TryDecide(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StoredArticle.Decided(bytes);
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            return null;
        }
    }

    private async Task SetAsideAsync(string name, ReadOnlyMemory<byte> content, string reason, CancellationToken cancellation)
    {
        await QuarantineFiles.WriteAsync(
            store.Root, "inbox", System.Text.Encoding.UTF8.GetString(content.Span), reason, time.GetUtcNow(), [], cancellation).ConfigureAwait(false);
        await store.Root.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
    }

    private static ParallelOptions Options(CancellationToken cancellation) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
}
