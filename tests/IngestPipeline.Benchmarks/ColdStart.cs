using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Writes the window of a decider as index segments into a folder, and the decisions as a pipeline does, then begins anew from them: nothing of it is at hand
/// but the files' pages in the system's cache.
/// </summary>
internal sealed class ColdStart : IDisposable
{
    private const int LinesOfSegment = 70_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".ingest.scale");
    private readonly List<DecisionSegment> _segments = [];
    private readonly List<PublishedDecision> _lines = [];

    public ColdStart()
    {
        Store = new(_folder);
        Cards = new(Store, null);
    }

    public FolderBlobStore Store { get; }

    public StoredCards Cards { get; }

    /// <summary>Keeps decisions as lines of segments.</summary>
    public void Keep(IEnumerable<CopyDecision> decisions)
    {
        _lines.AddRange(
            decisions.Select(d => new PublishedDecision { Decision = d, Revision = 1, Cause = "new", ArticleRevision = 1, ContentHash = PublishedDecision.NoContent }));
        if (_lines.Count >= LinesOfSegment)
            FlushAsync().GetAwaiter().GetResult();
    }

    /// <summary>Begins anew and adds more articles.</summary>
    /// <param name="decider">The decider whose window is written.</param>
    /// <param name="more">Articles that come afterwards, one by one.</param>
    /// <param name="output">Where the figures go.</param>
    public void Run(CopyDecider decider, IReadOnlyList<CopyDocument> more, TextWriter output) => RunAsync(decider, more, output).GetAwaiter().GetResult();

    private async Task RunAsync(CopyDecider decider, IReadOnlyList<CopyDocument> more, TextWriter output)
    {
        await FlushAsync();
        var cover = new IndexCover(DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks, false);
        var index = await new CopyIndex(Store, decider, Cards).WriteAsync(null, "2026-01-14", 1, cover, [], CancellationToken.None);
        var bytes = await BytesAsync(".index") + await BytesAsync(".lines");
        var cards = await BytesAsync(".cards");
        var articles = decider.Count;

        using var coldCards = new StoredCards(Store, null);
        using var book = new DecisionBook();
        var cold = new CopyDecider(new(), new(coldCards, id => book.Find(id)?.Decision));
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var directory = await DecisionDirectory.OpenAsync(Store, _segments, CancellationToken.None);
        book.Attach(directory);
        var opened = clock.Elapsed;
        if (await new CopyIndex(Store, cold, coldCards).LoadAsync(index, CancellationToken.None) is null || cold.Count != articles)
            throw new InvalidOperationException("The index was not read back.");
        var started = clock.Elapsed;
        processor = Environment.CpuUsage.TotalTime - processor;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"cold start of {articles} articles from a folder: {started.TotalSeconds:0.00} s, {started.TotalMicroseconds / articles:0.00} µs an article, {processor.TotalMicroseconds / articles:0.00} µs of processor time of all threads (places of decisions {opened.TotalSeconds:0.00} s, window {(started - opened).TotalSeconds:0.00} s); {(double)bytes / articles:0} bytes read an article; cards {(double)cards / articles:0} bytes an article, read by ranges"));

        var reads = new SortedDictionary<long, int>();
        foreach (var document in more)
        {
            var before = coldCards.RangeReads + directory.RangeReads;
            cold.Add([document]);
            var read = coldCards.RangeReads + directory.RangeReads - before;
            reads[read] = reads.GetValueOrDefault(read) + 1;
        }

        var below = 0;
        var p99 = reads.First(r => (below += r.Value) >= 0.99 * more.Count).Key;
        var mean = reads.Sum(r => (double)r.Key * r.Value) / more.Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"          range reads of blobs an article, of the {more.Count} after it: mean {mean:0.00} ({(double)directory.RangeReads / more.Count:0.00} of them decisions), 99th percentile {p99}, {(double)coldCards.RangeBytes / Math.Max(1, coldCards.RangeReads):0} bytes a card; ${mean * 100 * ScaleRun.DollarsTenThousandReads:0.00} a million articles, at ${ScaleRun.DollarsTenThousandReads} for ten thousand reads"));
    }

    public void Dispose()
    {
        Cards.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FlushAsync()
    {
        if (_lines.Count == 0)
            return;
        var bytes = DecisionLines.Write(_lines);
        var number = _segments.Count + 1;
        var sha = ContentTag.Of(bytes);
        var segment = DecisionPlaces.Named(
            new(StoreNames.Decisions("2026-01-14", number, sha), sha, _lines.Count, number, number), DecisionPlaces.Of(bytes), out var places);
        await Store.WriteBatchAsync([new(segment.Name, bytes), places]);
        _segments.Add(segment);
        _lines.Clear();
    }

    private ValueTask<long> BytesAsync(string ending) =>
        Store.ListAsync(StoreNames.Index).Where(i => i.Name.EndsWith(ending, StringComparison.Ordinal)).Select(i => i.Length).SumAsync();
}
