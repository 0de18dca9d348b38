using System.Diagnostics;
using System.Globalization;
using System.Text;
using IngestPipeline.Deduplication;
using IngestPipeline.Extraction;
using IngestPipeline.Feeds;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Measures the whole product in one process: speed, allocations, memory, and above all ratios to yardsticks that ran in turns with it. Absolute
/// figures depend on the machine and its load; ratios within one run hardly do.
/// </summary>
internal static class WholeRun
{
    private const int DefaultPages = 240;
    private const int DefaultRounds = 5;

    // Processor time falls over so many rounds, the yardstick's most of all.
    private const int WarmUps = 8;

    public static int Run(string[] args, TextWriter output)
    {
        var parts = new List<string>();
        var (pages, rounds) = (DefaultPages, DefaultRounds);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--pages" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out pages) && pages > 0:
                case "--rounds" when i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds > 0:
                    i++;
                    break;
                case "extract" or "feeds" or "dedupe" or "replay" or "memory":
                    parts.Add(args[i]);
                    break;
                default:
                    output.WriteLine("whole [extract] [feeds] [dedupe] [replay] [memory] [--pages N] [--rounds N]");
                    return 2;
            }
        }

        output.WriteLine(
            $"{(Corpus.IsReal ? "Benchmark data" : "Invented data (the benchmark data is not here)")}; warm, {rounds} rounds in turns, medians; one thread but for the replay.");
        if (parts.Count == 0 || parts.Contains("extract"))
            Extract(pages, rounds, output);
        if (parts.Count == 0 || parts.Contains("feeds"))
            Feeds(rounds, output);
        if (parts.Count == 0 || parts.Contains("dedupe"))
            Dedupe(rounds, output);
        if (parts.Count == 0 || parts.Contains("replay"))
            WholeReplay(pages, rounds, output);
        if (parts.Count == 0 || parts.Contains("memory"))
            Memory(pages, output);
        using var self = Process.GetCurrentProcess();
        output.WriteLine($"peak memory of this process, corpus included: {self.PeakWorkingSet64 / 1e6:0} MB");
        return 0;
    }

    private static void Extract(int most, int rounds, TextWriter output)
    {
        var bodies = Corpus.Pages(most);
        var texts = bodies.Select(Encoding.UTF8.GetString).ToList();
        var extractor = new ArticleExtractor();
        var result = Interleaved.Measure(
            () => texts.ForEach(Yardsticks.BareParse),
            () => bodies.ForEach(body => extractor.Extract(new(body))),
            rounds,
            WarmUps);
        Print(output, "extract ÷ AngleSharp's bare parse", result, 1.5, bodies.Count, "page", bodies.Sum(b => (long)b.Length));
    }

    private static void Feeds(int rounds, TextWriter output)
    {
        var feeds = Corpus.Feeds();
        var reader = new FeedReader();
        var source = new FeedSource();
        var entries = feeds.Sum(f => reader.Read(f, source).Entries.Count);
        if (entries == 0)
        {
            output.WriteLine("feeds: no entry was read, so there is nothing to measure");
            return;
        }
        var result = Interleaved.Measure(
            () => feeds.ForEach(Yardsticks.BareXml),
            () => feeds.ForEach(feed => reader.Read(feed, source)),
            rounds);
        Print(output, $"feeds ÷ bare XmlReader pass ({entries} entries)", result, 2.5, feeds.Count, "feed", feeds.Sum(f => (long)f.Length));
    }

    private static void Dedupe(int rounds, TextWriter output)
    {
        var documents = Corpus.Documents();
        var size = documents.Sum(d => (long)d.Text.Length);
        var hashes = new List<ulong>();
        var result = Interleaved.Measure(
            () => documents.ForEach(d => Yardsticks.ShingleHashes(d, hashes)),
            () => new CopyDecider().Add(documents),
            rounds);
        Print(output, "dedupe ÷ tokenise and hash shingles", result, 3, documents.Count, "article", size);

        var rival = Interleaved.Measure(() => new MinHashLsh().Group(documents), () => new CopyDecider().Add(documents), Math.Min(rounds, 3));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  plain MinHash LSH (128 permutations, 25 × 5 bands, verified) ÷ dedupe: {1 / rival.Ratio:0.00} × (aim at 1.5 or more)"));
    }

    private static void WholeReplay(int most, int rounds, TextWriter output)
    {
        var bodies = Corpus.Pages(most);
        var texts = bodies.Select(Encoding.UTF8.GetString).ToList();
        var workers = Environment.ProcessorCount;
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-").FullName;
        try
        {
            var archive = Path.Combine(folder, "pages.warc.gz");
            ReplayWork.WriteArchive(archive, bodies, times: 1, days: 2);
            var runs = 0;
            var result = Interleaved.Measure(
                () => ReplayWork.BareParse(texts, workers),
                () => ReplayWork.Run(archive, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"store{runs++}")), workers),
                rounds,
                WarmUps);
            Print(
                output, $"whole replay into a folder ÷ bare parse, {workers} workers each", result, 2.5, bodies.Count, "page", bodies.Sum(b => (long)b.Length));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Memory(int most, TextWriter output)
    {
        // So that the longer archive has no more in its copy window than the shorter one.
        const int TwoWindows = 28;
        const int Longer = 10;
        var bodies = Corpus.Pages(most);
        var folder = Directory.CreateTempSubdirectory("ingest-benchmark-").FullName;
        try
        {
            var peaks = new List<(long Peak, double Seconds)>();
            foreach (var times in new[] { 1, Longer })
            {
                var archive = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{times}.warc.gz"));
                ReplayWork.WriteArchive(archive, bodies, times, TwoWindows);
                peaks.Add(ReplayWork.RunApart(archive, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"store{times}"))));
            }
            var ratio = (double)peaks[1].Peak / peaks[0].Peak;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"peak memory of a replay {Longer} × as long: {ratio:0.00} × ({peaks[0].Peak / 1e6:0} → {peaks[1].Peak / 1e6:0} MB; goal 1.2 or less) {(ratio <= 1.2 ? "goal met" : "ABOVE THE GOAL")}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  cold, start of the process included: {bodies.Count} pages in {peaks[0].Seconds:0.0} s, {bodies.Count * Longer} in {peaks[1].Seconds:0.0} s"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(TextWriter output, string name, Interleaved result, double goal, int count, string unit, long bytes)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {result.Ratio:0.00} × ({result.Least:0.00}–{result.Most:0.00}; processor time {result.CpuRatio:0.00} ×; goal {goal:0.0} or less) {(result.Ratio <= goal ? "goal met" : "ABOVE THE GOAL")}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  ours {count / result.Ours.Seconds:0} {unit}s/s, {bytes / result.Ours.Seconds / 1e6:0.0} MB/s, {result.Ours.Bytes / count / 1e3:0} kB allocated per {unit}; yardstick {count / result.Base.Seconds:0} {unit}s/s, {result.Base.Bytes / count / 1e3:0} kB; {count} {unit}s of {bytes / count / 1e3:0} kB"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {result.WarmUps} rounds until the compiler rested; a collection each {Between(result.Ours):0.0} MB of ours, {Between(result.Base):0.0} of the yardstick's"));

        static double Between(Cost cost) => cost.Bytes / Math.Max(1, cost.Collections) / 1e6;
    }
}
