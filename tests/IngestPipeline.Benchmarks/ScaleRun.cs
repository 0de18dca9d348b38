using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>Streams many articles through the window and prints, at each tenfold, what one costs in time and in resident memory.</summary>
internal static class ScaleRun
{
    private const int Batch = 500;
    private const double Days = 13.9;

    public static int Run(string[] args, TextWriter output)
    {
        if (args is not [var given] || !int.TryParse(given, CultureInfo.InvariantCulture, out var most) || most < 10_000)
        {
            output.WriteLine("scale N: N articles, 10000 or more");
            return 2;
        }

        var corpus = new EditedCorpus(most, TimeSpan.FromDays(Days));
        var decider = new CopyDecider();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = new Stopwatch();
        var (first, done, marked, mark) = (0.0, 0, 0, 10_000);
        var copies = 0;
        while (done < most)
        {
            var batch = corpus.Next(Batch);
            clock.Start();
            copies += decider.Add(batch).Count(d => d.CanonicalId != d.Id);
            clock.Stop();
            done += Batch;
            if (done < mark && done < most)
                continue;
            var each = clock.Elapsed.TotalMicroseconds / (done - marked);
            first = first == 0 ? each : first;
            var resident = (GC.GetTotalMemory(forceFullCollection: true) - before - corpus.Held) / done;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{done,9} articles: {each:0} µs an article since the last line ({each / first:0.00} × the first; goal 1.5), {resident:0} bytes resident an article (goal 400), {100.0 * copies / done:0} % decisions on copies"));
            (marked, mark) = (done, mark * 10);
            clock.Reset();
        }

        GC.KeepAlive(decider);
        return 0;
    }
}
