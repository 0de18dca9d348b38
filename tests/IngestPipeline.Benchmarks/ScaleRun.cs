using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Streams many articles one by one through a window of which only heads and postings stay in memory, and prints, at each tenfold, what one costs in
/// time, in resident memory and in cards that are read back.
/// </summary>
internal static class ScaleRun
{
    private const double Days = 13.9;

    /// <summary>List price of ten thousand reads of a hot block blob, in dollars: an assumption, to be replaced by the price that is paid.</summary>
    private const double DollarsTenThousandReads = 0.005;

    public static int Run(string[] args, TextWriter output)
    {
        if (args is not [var given] || !int.TryParse(given, CultureInfo.InvariantCulture, out var most) || most < 10_000)
        {
            output.WriteLine("scale N: N articles, 10000 or more");
            return 2;
        }

        var corpus = new EditedCorpus(most, TimeSpan.FromDays(Days));
        using var cards = new TemporaryCards(null);
        using var book = new DecisionBook();
        var memory = new CopyMemory(cards, id => book.Find(id)?.Decision);
        var decider = new CopyDecider(new(), memory);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = new Stopwatch();
        var reads = new SortedDictionary<long, int>();
        var (first, marked, mark, copies) = (0.0, 0, 10_000, 0);
        for (var done = 1; done <= most; done++)
        {
            var article = corpus.Next(1);
            var read = decider.CardsRead;
            clock.Start();
            var decisions = decider.Add(article);
            clock.Stop();
            reads[decider.CardsRead - read] = reads.GetValueOrDefault(decider.CardsRead - read) + 1;
            Store(book, decider, decisions);
            copies += decisions.Count(d => d.CanonicalId != d.Id);
            if (done < mark && done < most)
                continue;
            var each = clock.Elapsed.TotalMicroseconds / (done - marked);
            first = first == 0 ? each : first;
            var held = GC.GetTotalMemory(forceFullCollection: true) - before - corpus.Held;
            var (mean, p99) = Reads(reads, done - marked);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done,9} articles: {each:0} µs an article since the last line ({each / first:0.00} × the first; goal 1.5), {(double)decider.ResidentBytes / done:0} bytes resident an article (goal 400), beside {(held - decider.ResidentBytes) / 1e6:0} MB of bounded caches; {100.0 * copies / done:0} % decisions on copies"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"          cards read back an article: mean {mean:0.00}, 99th percentile {p99}; as range reads of blobs ${mean * 100 * DollarsTenThousandReads:0.00} a million articles, at ${DollarsTenThousandReads} for ten thousand reads"));
            (marked, mark) = (done, mark * 10);
            reads.Clear();
            clock.Reset();
        }

        GC.KeepAlive(decider);
        return 0;
    }

    // What a pipeline publishes; that an article stands alone is never asked for again.
    private static void Store(DecisionBook book, CopyDecider decider, IReadOnlyList<CopyDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (decision != CopyDecision.Unique(decision.Id))
                book.Put(new PublishedDecision { Decision = decision, Revision = 1, Cause = "new", ArticleRevision = 1, ContentHash = "" });
        }

        decider.Stored();
    }

    private static (double Mean, long Percentile99) Reads(SortedDictionary<long, int> reads, int articles)
    {
        var below = 0;
        return (reads.Sum(r => (double)r.Key * r.Value) / articles, reads.First(r => (below += r.Value) >= 0.99 * articles).Key);
    }
}
