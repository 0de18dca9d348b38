using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Streams many articles one by one through a window of which only heads and postings stay in memory, and prints, at each doubling, what one costs in
/// processor time, in resident memory and in cards that are read back, and how much each stage had to do.
/// </summary>
internal static class ScaleRun
{
    /// <summary>Articles that are added after a cold start.</summary>
    private const int AfterStart = 500;

    private const double Days = 13.9;
    private const int FirstMark = 10_000;
    private const int WarmUp = 4_000;

    /// <summary>List price of ten thousand reads of a hot block blob, in dollars: an assumption, to be replaced by the price that is paid.</summary>
    internal const double DollarsTenThousandReads = 0.005;

    public static int Run(string[] args, TextWriter output)
    {
        if (args is not [var given] || !int.TryParse(given, CultureInfo.InvariantCulture, out var most) || most < FirstMark)
        {
            output.WriteLine("scale N: N articles, 10000 or more");
            return 2;
        }

        // Compiled before the first line is counted, so that it is no slower than the others for that.
        Stream(WarmUp, TextWriter.Null, null);
        using var start = new ColdStart();
        Stream(most, output, start);
        return 0;
    }

    private static void Stream(int most, TextWriter output, ColdStart? cold)
    {
        var corpus = new EditedCorpus(most, TimeSpan.FromDays(Days));
        using var own = new TemporaryCards(null);
        ICardFile cards = cold is null ? own : cold.Cards;
        using var book = new DecisionBook();
        var decider = new CopyDecider(new(), new CopyMemory(cards, id => book.Find(id)?.Decision));
        var reads = new SortedDictionary<long, int>();
        var counts = decider.Counts.All.ToList();
        var hashes = new List<ulong>();
        var (first, spent, hashing, marked, mark, copies) = (0.0, 0.0, 0.0, 0, FirstMark, 0);
        for (var done = 1; done <= most; done++)
        {
            var article = corpus.Next(1);
            var read = decider.Counts.Cards;
            var start = ThreadClock.Seconds;
            var decisions = decider.Add(article);
            var end = ThreadClock.Seconds;
            spent += end - start;
            Yardsticks.ShingleHashes(article[0], hashes);
            hashing += ThreadClock.Seconds - end;
            read = decider.Counts.Cards - read;
            reads[read] = reads.GetValueOrDefault(read) + 1;
            Store(book, decider, decisions);
            cold?.Keep(decisions);
            copies += decisions.Count(d => d.CanonicalId != d.Id);
            if (done < mark && done < most)
                continue;
            var articles = done - marked;
            var each = spent / hashing;
            first = first == 0 ? each : first;
            var below = 0;
            var p99 = reads.First(r => (below += r.Value) >= 0.99 * articles).Key;
            var now = decider.Counts.All.ToList();
            var stages = now.Zip(counts, (x, y) => string.Create(CultureInfo.InvariantCulture, $"{x.Name} {(double)(x.Count - y.Count) / articles:0.##}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done,9} articles: {spent / articles * 1e6:0} µs of processor time an article since the last line, {each:0.0} × the hashing of its shingles ({each / first:0.00} × the first; goal 1.5), {(double)decider.ResidentBytes / done:0} bytes resident an article (goal 400), {100.0 * copies / done:0} % decisions on copies"));
            output.WriteLine($"          an article: {string.Join(", ", stages)} (99th percentile {p99})");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"          as range reads of blobs ${reads.Sum(r => (double)r.Key * r.Value) / articles * 100 * DollarsTenThousandReads:0.00} a million articles, at ${DollarsTenThousandReads} for ten thousand reads"));
            (marked, mark, spent, hashing, counts) = (done, mark * 2, 0, 0, now);
            reads.Clear();
        }

        cold?.Run(decider, corpus.Next(AfterStart), output);
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
}
