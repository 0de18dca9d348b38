using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Upgrading;

/// <summary>Writes a run in this release's schema: articles in their new shape, decisions and changes as they are, and the view made of both.</summary>
internal sealed class RunUpgrade(IBlobStore source, IBlobStore target, string? temporaryFolder, IProgress<long>? progress)
{
    private const int Batch = 256;

    private long _done;

    /// <summary>What there is to do.</summary>
    public async Task<UpgradeResult> CountAsync(UpgradeResult result, CancellationToken cancellation)
    {
        await foreach (var item in source.ListAsync(StoreNames.Articles, cancellation).ConfigureAwait(false))
        {
            result = Counted(result, await ReadAsync(source, item.Name, cancellation).ConfigureAwait(false));
            progress?.Report(++_done);
        }

        return result with { Records = await source.ListAsync(StoreNames.AllRecords, cancellation).CountAsync(cancellation).ConfigureAwait(false) };
    }

    /// <summary>Does it; a crash anywhere is mended by doing it again from its mark.</summary>
    public async Task<UpgradeResult> RunAsync(UpgradeMark mark, UpgradeResult result, CancellationToken cancellation)
    {
        await MarkAsync(mark, cancellation).ConfigureAwait(false);
        result = await ArticlesAsync(mark, result, cancellation).ConfigureAwait(false);
        await CopyAsync(StoreNames.DecisionSegments, cancellation).ConfigureAwait(false);
        await CopyAsync(StoreNames.ChangeSegments, cancellation).ConfigureAwait(false);
        await CopyAsync(StoreNames.LearnedPrefix, cancellation).ConfigureAwait(false);

        using var book = new DecisionBook(temporaryFolder);
        var stored = await source.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        if (stored is null)
            return result;
        var manifest = DecisionManifest.Read(stored.Content.Span);
        foreach (var segment in manifest.Segments)
        {
            var blob = await source.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) ?? throw Missing(segment.Name);
            foreach (var decision in DecisionLines.Read(blob.Content))
                book.Put(decision);
        }

        var days = await RecordsAsync(book, cancellation).ConfigureAwait(false);
        await new RollUpWriter(target).WriteAsync(days, cancellation).ConfigureAwait(false);
        await target.WriteBatchAsync(
            [new(
                StoreNames.DecisionManifest,
                (
                    manifest with { Segments = [.. manifest.Segments.Select(s => s with { Places = null })], Retired = [], BehindDays = [], BehindRecords = [], Index = null }).ToJson())],
            cancellation).ConfigureAwait(false);
        await FinishAsync(cancellation).ConfigureAwait(false);
        return result with { Records = await target.ListAsync(StoreNames.AllRecords, cancellation).CountAsync(cancellation).ConfigureAwait(false) };
    }

    // Days come in order, so that the mark of one stands for all before it.
    private async Task<UpgradeResult> ArticlesAsync(UpgradeMark mark, UpgradeResult result, CancellationToken cancellation)
    {
        var writes = new List<BlobWrite>(Batch);
        string? day = null;
        await foreach (var item in source.ListAsync(StoreNames.Articles, cancellation).ConfigureAwait(false))
        {
            var at = item.Name.Split('/')[1];
            if (day is not null && at != day)
            {
                await FlushAsync(writes, cancellation).ConfigureAwait(false);
                if (string.CompareOrdinal(day, mark.Day) > 0)
                    await MarkAsync(mark with { Day = day }, cancellation).ConfigureAwait(false);
            }

            day = at;
            var isDone = string.CompareOrdinal(at, mark.Day) <= 0;
            var article = await ReadAsync(isDone ? target : source, item.Name, cancellation).ConfigureAwait(false);
            result = Counted(result, article);
            progress?.Report(++_done);
            if (isDone)
                continue;
            writes.Add(new(item.Name, article));
            if (writes.Count == Batch)
                await FlushAsync(writes, cancellation).ConfigureAwait(false);
        }

        await FlushAsync(writes, cancellation).ConfigureAwait(false);
        return result;
    }

    private async Task<IReadOnlyCollection<string>> RecordsAsync(DecisionBook book, CancellationToken cancellation)
    {
        var view = new ViewWriter(target, book);
        var writes = new List<BlobWrite>(Batch);
        var days = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var decision in book.Decisions())
        {
            days.Add(decision.Day);
            writes.Add(
                new(
                    StoreNames.Record(decision.Day, decision.Id),
                    view.Record(decision, await StoredArticle.ReadAsync(target, decision, cancellation).ConfigureAwait(false))));
            progress?.Report(++_done);
            if (writes.Count == Batch)
                await FlushAsync(writes, cancellation).ConfigureAwait(false);
        }

        await FlushAsync(writes, cancellation).ConfigureAwait(false);
        return days;
    }

    // Publications that the old view had not followed, as its next run would have.
    private async Task FinishAsync(CancellationToken cancellation)
    {
        using var book = new DecisionBook(temporaryFolder);
        await new DecisionStage(target, book, new CopyDecider(), new PipelineOptions().CopyWindowDays).OpenAsync(cancellation).ConfigureAwait(false);
    }

    private async Task CopyAsync(string prefix, CancellationToken cancellation)
    {
        var writes = new List<BlobWrite>(Batch);
        await foreach (var item in source.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            writes.Add(new(item.Name, (await source.ReadAsync(item.Name, cancellation).ConfigureAwait(false) ?? throw Missing(item.Name)).Content));
            if (writes.Count == Batch)
                await FlushAsync(writes, cancellation).ConfigureAwait(false);
        }

        await FlushAsync(writes, cancellation).ConfigureAwait(false);
    }

    private async Task FlushAsync(List<BlobWrite> writes, CancellationToken cancellation)
    {
        if (writes.Count > 0)
            await target.WriteBatchAsync(writes, cancellation).ConfigureAwait(false);
        writes.Clear();
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(IBlobStore from, string name, CancellationToken cancellation)
    {
        var blob = await from.ReadAsync(name, cancellation).ConfigureAwait(false) ?? throw Missing(name);
        try
        {
            return ArticleUpgrade.ToCurrent(blob.Content);
        }
        catch (FormatException e)
        {
            throw new StorageException($"{source.Location}: {name} cannot be upgraded: {e.Message}. 'ingest verify' says more.");
        }
    }

    private static UpgradeResult Counted(UpgradeResult result, ReadOnlyMemory<byte> article) => result with
    {
        Articles = result.Articles + 1,
        Incomplete = result.Incomplete + (article.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{UpgradeResult.Flag}\"")) >= 0 ? 1 : 0),
    };

    private Task MarkAsync(UpgradeMark mark, CancellationToken cancellation) => target.WriteBatchAsync([new(UpgradeMark.Name, mark.ToJson())], cancellation);

    private StorageException Missing(string name) =>
        new($"{source.Location}: {name} is missing; the store is damaged, or something is deleting from it. 'ingest verify' says more.") { IsDamage = true };
}
