using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Gives the decider back what the store decided before, for the window around the articles that come now, and lets go of what the
/// window has passed. A store that starts empty never reads anything back.
/// </summary>
internal sealed class WindowRestorer(IBlobStore store, DecisionBook book, CopyDecider decider, TimeSpan window)
{
    private readonly Dictionary<string, DateTimeOffset?> _held = new(StringComparer.Ordinal);
    private bool _undated;

    /// <summary>Makes sure that every decided article within the window of the given ones is with the decider.</summary>
    public async Task CoverAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        var times = articles.Select(a => a.Document.FirstSeen).OfType<DateTimeOffset>().ToList();
        var decided = new List<PublishedDecision>();
        if (times.Count > 0)
            decided.AddRange(book.Window(Back(times.Min()), Forward(times.Max())));
        if (!_undated && times.Count < articles.Count)
        {
            _undated = true;
            decided.AddRange(book.Window(null, null));
        }

        var missing = decided.Where(d => !_held.ContainsKey(d.Id)).ToList();
        if (missing.Count > 0)
            await RestoreAsync(missing, cancellation).ConfigureAwait(false);
        foreach (var article in articles)
            _held[article.Document.Id] = article.Document.FirstSeen;
    }

    private async Task RestoreAsync(IReadOnlyList<PublishedDecision> decided, CancellationToken cancellation)
    {
        var documents = new List<CopyDocument>(decided.Count);
        foreach (var decision in decided)
        {
            var article = await StoredArticle.ReadAsync(store, decision, cancellation).ConfigureAwait(false);
            documents.Add(CopyDocuments.Read(article.Span));
            _held[decision.Id] = decision.FirstSeen;
        }

        decider.Restore(documents, [.. decided.Select(d => d.Decision)]);
    }

    /// <summary>Lets go of what lies more than the window before the newest of the given articles.</summary>
    public void Expire(DateTimeOffset newest)
    {
        var before = Back(newest);
        foreach (var id in _held.Where(h => h.Value < before).Select(h => h.Key).ToList())
            _held.Remove(id);
        decider.ExpireBefore(before);
    }

    private DateTimeOffset Back(DateTimeOffset time) => time.UtcTicks < window.Ticks ? DateTimeOffset.MinValue : time - window;

    private DateTimeOffset Forward(DateTimeOffset time) => DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks < window.Ticks ? DateTimeOffset.MaxValue : time + window;
}
