using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks every decided article against its hash, its record against article and decision, and its group against itself.</summary>
/// <param name="run">The run.</param>
/// <param name="book">The decisions.</param>
/// <param name="isWhole">False when some decisions could not be read.</param>
/// <param name="view">What records are made by.</param>
/// <param name="findings">Where problems go.</param>
internal sealed class ArticleCheck(IBlobStore run, DecisionBook book, bool isWhole, ViewWriter view, Findings findings)
{
    private int _articles;
    private int _records;

    public int Articles => _articles;

    public int Records => _records;

    /// <summary>Articles that no decision names: they wait for one, or a run that stopped left them. Not counted while decisions are damaged.</summary>
    public int Undecided { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var decision in book.Decisions())
        {
            cancellation.ThrowIfCancellationRequested();
            _articles++;
            if (isWhole)
                CheckGroup(decision);
            if (await WholeAsync(decision, cancellation).ConfigureAwait(false) is not { } article)
                continue;

            var name = StoreNames.Record(decision.Day, decision.Id);
            var wanted = view.Record(decision, article);
            var found = await run.ReadAsync(name, cancellation).ConfigureAwait(false);
            if (found is not null && found.Content.Span.SequenceEqual(wanted.Span))
            {
                _records++;
                continue;
            }

            await findings.RepairableAsync(
                StoreInvariant.Derived,
                name,
                found is null ? "the record is missing" : "the record is not what its article and the latest decision give",
                "write it anew from article and decision",
                () => run.WriteBatchAsync([new(name, wanted)], cancellation)).ConfigureAwait(false);
        }

        await UnnamedAsync(cancellation).ConfigureAwait(false);
        if (!isWhole)
            return;
        await foreach (var item in run.ListAsync(StoreNames.Articles, cancellation).ConfigureAwait(false))
        {
            if (StoreNames.IsFirstRevision(item.Name) && book.Find(StoreNames.ArticleIdOf(item.Name)) is null)
                Undecided++;
        }
    }

    private async Task UnnamedAsync(CancellationToken cancellation)
    {
        await foreach (var item in run.ListAsync(StoreNames.AllRecords, cancellation).ConfigureAwait(false))
        {
            if (!StoreNames.IsRecord(item.Name))
            {
                findings.ByHand(
                    StoreInvariant.Complete, item.Name, "this is no record, and nothing of this pipeline: something else put it here",
                    "move it elsewhere: who reads records/ takes it for one");
                continue;
            }

            var id = Path.GetFileNameWithoutExtension(item.Name);
            if (!isWhole || (book.Find(id) is { } decision && StoreNames.Record(decision.Day, id) == item.Name))
                continue;
            await findings.RepairableAsync(
                StoreInvariant.Complete,
                item.Name,
                "no decision names this record",
                "delete it: its article, if there is one, comes back with the next run",
                () => run.DeleteAsync(item.Name, null, cancellation)).ConfigureAwait(false);
        }
    }

    private void CheckGroup(PublishedDecision decision)
    {
        var canonical = decision.Decision.CanonicalId;
        if (canonical == decision.Id)
            return;
        if (book.Find(canonical) is not { } head)
            findings.ByHand(
                StoreInvariant.OneCanonical, decision.Id, $"its canonical article {canonical} was never decided about",
                "replay the captures or archives into a new store");
        else if (head.Decision.CanonicalId != canonical)
            findings.ByHand(
                StoreInvariant.OneCanonical, decision.Id, $"its canonical article {canonical} points on to {head.Decision.CanonicalId}",
                "replay the captures or archives into a new store");
    }

    private async Task<ReadOnlyMemory<byte>?> WholeAsync(PublishedDecision decision, CancellationToken cancellation)
    {
        const string Remedy = "replay the captures or archives into a new store, or into this one with --new-run";
        var name = StoredArticle.Name(decision);
        if (await run.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } blob)
        {
            findings.ByHand(StoreInvariant.Complete, name, "the article is missing, though a decision names it", Remedy);
            return null;
        }

        if (Hash(blob.Content.Span) is var (told, counted) && told == decision.ContentHash && counted == told)
            return blob.Content;
        findings.ByHand(StoreInvariant.Complete, name, "the article's text is not the one that was decided about: damaged or overwritten", Remedy);
        return null;
    }

    // What it says its hash is, and what the hash of its title and text is.
    private static (string? Told, string? Counted) Hash(ReadOnlySpan<byte> article)
    {
        try
        {
            var json = JsonElement.Parse(article);
            var title = json.TryGetProperty("title", out var found) && found.ValueKind == JsonValueKind.Object ? RecordJson.Text(found, "value") : null;
            var text = RecordJson.Text(json, "text") ?? "";
            return (RecordJson.Text(json, "contentHash"), ArticleId.ContentHash(title, RecordJson.Text(json, "learned") is null ? text : LearnedText.PageText(json, text)));
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            return (null, null);
        }
    }
}
