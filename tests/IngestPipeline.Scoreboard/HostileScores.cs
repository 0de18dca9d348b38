using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Extraction;
using IngestPipeline.Tests;

namespace IngestPipeline.Scoreboard;

/// <summary>The worst processor time and allocation over pages made to cost much. No page may cost two seconds or a quarter of a gigabyte.</summary>
internal static class HostileScores
{
    private const double MostSeconds = 2;
    private const int Runs = 3;

    // Allocation differs by what was made ready before: steps of five megabytes are the same in every run.
    private const long Step = 5 << 20;

    public static async Task RunAsync(BenchRun run, TextWriter log)
    {
        var extractor = new ArticleExtractor();
        extractor.Extract(new(HostilePages.Page(HostilePages.Names.First()).AsMemory(0, 200)));
        var costs = HostilePages.Names.Select(name => Measure(extractor, name)).ToList();
        run.Figures["hostile.pages"] = costs.Count;
        run.Figures["hostile.slow"] = costs.Count(c => c.Seconds > MostSeconds);
        run.Figures["hostile.seconds"] = costs.Max(c => c.Seconds);
        run.Figures["hostile.megabytes"] = (costs.Max(c => c.Bytes) + Step - 1) / Step * Step >> 20;
        foreach (var (name, seconds, bytes) in costs.OrderByDescending(c => c.Seconds).Take(3).Union(costs.OrderByDescending(c => c.Bytes).Take(3)))
            await log.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"  hostile {name}: {seconds:0.00} s of processor, {bytes >> 20} MB allocated"));
    }

    // The best of some runs: what else the machine does is no fault of the page.
    private static (string Name, double Seconds, long Bytes) Measure(ArticleExtractor extractor, string name)
    {
        var page = HostilePages.Page(name);
        using var process = Process.GetCurrentProcess();
        var (seconds, bytes) = (double.MaxValue, long.MaxValue);
        for (var i = 0; i < Runs && (i == 0 || seconds > 0.2); i++)
        {
            GC.Collect();
            process.Refresh();
            var (cpu, allocated) = (process.TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
            extractor.Extract(new(page));
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
            process.Refresh();
            seconds = Math.Min(seconds, (process.TotalProcessorTime - cpu).TotalSeconds);
        }

        return (name, Math.Round(seconds, 3), bytes);
    }
}
