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
    private const int Batch = 500;
    private const int AtOnce = 16;

    // What lies between has been given back, and what was decided since is with the decider anyway.
    private (DateTimeOffset From, DateTimeOffset To)? _covered;
    private bool _undated;

    /// <summary>Which decided articles the decider holds; set when it was filled from the index.</summary>
    public IndexCover Cover
    {
        get => new(_covered?.From.UtcTicks ?? long.MaxValue, _covered?.To.UtcTicks ?? long.MinValue, _undated);
        set
        {
            _covered = value.HasDated ? (new(value.From, TimeSpan.Zero), new(value.To, TimeSpan.Zero)) : null;
            _undated = value.Undated;
        }
    }

    /// <summary>How many decisions must be read to cover the given articles.</summary>
    public int Unread(IReadOnlyList<DecidedArticle> articles)
    {
        var times = articles.Select(a => a.Document.FirstSeen).OfType<DateTimeOffset>().ToList();
        var undated = !_undated && times.Count < articles.Count ? book.Unread(null, null) : 0;
        return undated + (times.Count == 0 ? 0 : Lacking(Back(times.Min()), Forward(times.Max())).Sum(s => book.Unread(s.From, s.To)));
    }

    /// <summary>Makes sure that every decided article within the window of the given ones is with the decider.</summary>
    public async Task CoverAsync(IReadOnlyList<DecidedArticle> articles, CancellationToken cancellation)
    {
        var times = articles.Select(a => a.Document.FirstSeen).OfType<DateTimeOffset>().ToList();
        if (times.Count > 0)
            await CoverAsync(Back(times.Min()), Forward(times.Max()), cancellation).ConfigureAwait(false);
        if (!_undated && times.Count < articles.Count)
        {
            _undated = true;
            await RestoreAsync(null, null, cancellation).ConfigureAwait(false);
        }
    }

    private async Task CoverAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        foreach (var (start, end) in Lacking(from, to))
            await RestoreAsync(start, end, cancellation).ConfigureAwait(false);
        _covered = _covered is not { } covered ? (from, to) : (from < covered.From ? from : covered.From, to > covered.To ? to : covered.To);
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Lacking(DateTimeOffset from, DateTimeOffset to)
    {
        if (_covered is not { } covered)
        {
            yield return (from, to);
            yield break;
        }

        if (from < covered.From)
            yield return (from, covered.From);
        if (to > covered.To)
            yield return (covered.To, to);
    }

    private async Task RestoreAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellation)
    {
        foreach (var decided in book.Window(from, to).Where(d => !decider.Holds(d.Id)).Chunk(Batch))
        {
            var documents = new CopyDocument[decided.Length];
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
            await Parallel.ForEachAsync(Enumerable.Range(0, decided.Length), parallel, async (i, token) =>
                documents[i] = CopyDocuments.Read((await StoredArticle.ReadAsync(store, decided[i], token).ConfigureAwait(false)).Span)).ConfigureAwait(false);
            decider.Restore(documents, [.. decided.Select(d => d.Decision)]);
        }
    }

    /// <summary>Lets go of what lies more than the window before the newest of the given articles.</summary>
    public void Expire(DateTimeOffset newest)
    {
        var before = Back(newest);
        if (_covered is { } covered && covered.From < before)
            _covered = (before, covered.To < before ? before : covered.To);
        decider.ExpireBefore(before);
    }

    private DateTimeOffset Back(DateTimeOffset time) => time.UtcTicks < window.Ticks ? DateTimeOffset.MinValue : time - window;

    private DateTimeOffset Forward(DateTimeOffset time) =>
        DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks < window.Ticks ? DateTimeOffset.MaxValue : time + window;
}
