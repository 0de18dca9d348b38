using System.Diagnostics;
using System.Globalization;
using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Pipeline;
using IngestPipeline.Storage;

namespace IngestPipeline.Benchmarks;

/// <summary>Archives to replay, the whole replay into a folder, and the yardstick beside it.</summary>
internal static class ReplayWork
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Writes an archive without feeds: every page under an invented address, the whole set so many times, each time over so many days.</summary>
    public static void WriteArchive(string path, IReadOnlyList<byte[]> pages, int times, int days)
    {
        using var file = File.Create(path);
        var writer = new WarcWriter(file, new() { Compress = true });
        for (var n = 0; n < pages.Count * times; n++)
        {
            var page = pages[n % pages.Count];
            var head = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {page.Length}\r\n\r\n"));
            var date = Start.AddDays((double)days * n / pages.Count);
            writer.Write(
                WarcEntry.Response(string.Create(CultureInfo.InvariantCulture, $"https://news{n % 97}.example/story/{n}"), date, (byte[])[.. head, .. page]));
        }
    }

    /// <summary>The whole replay: scan, extract, decide, write; returns how many articles came in.</summary>
    public static long Run(string archive, string store, int workers)
    {
        return RunAsync().GetAwaiter().GetResult();

        async Task<long> RunAsync()
        {
            await using var web = await WebArchive.OpenAsync([archive], new(), CancellationToken.None);
            var result = await Replay.RunAsync(web, new FolderBlobStore(store), new() { Workers = workers }, null, CancellationToken.None);
            return result.Summary?.ArticlesIn ?? throw new InvalidOperationException(result.Refusal);
        }
    }

    /// <summary>AngleSharp's parse of the same pages by the same number of workers.</summary>
    public static void BareParse(List<string> pages, int workers) =>
        Parallel.ForEach(pages, new ParallelOptions { MaxDegreeOfParallelism = workers }, Yardsticks.BareParse);

    /// <summary>Replays an archive in a process of its own, cold, and returns its peak memory in bytes and the seconds it took.</summary>
    public static (long Peak, double Seconds) RunApart(string archive, string store)
    {
        var dll = typeof(ReplayWork).Assembly.Location;
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", [dll, "replay-once", archive, store]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var answer = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0
            ? (long.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("The replay in a process of its own failed.");
    }

    /// <summary>What <see cref="RunApart"/> starts.</summary>
    public static int Once(string archive, string store)
    {
        using var self = Process.GetCurrentProcess();
        var started = self.StartTime;
        Run(archive, store, Environment.ProcessorCount);
        self.Refresh();
        var seconds = (TimeProvider.System.GetLocalNow().DateTime - started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} {seconds:0.000}"));
        return 0;
    }
}
