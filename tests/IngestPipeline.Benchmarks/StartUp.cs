using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Extraction;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// How long a cold start takes, as the Functions app and <c>ingest run</c> meet it: each round is a process of its own, timed from its start. The yardstick
/// is a process that does nothing.
/// </summary>
internal static class StartUp
{
    private const int Rounds = 9;

    private static ReadOnlySpan<byte> Page =>
        """
        <!DOCTYPE html><html lang="en"><head><title>Ferry drifts off the cape</title></head><body><article><h1>Ferry drifts off the cape</h1>
        <p>A ferry with sixty people on board drifted for an hour off the northern cape after both of its engines had failed in heavy swell.</p>
        <p>Two fishing boats had taken the vessel in tow before the lifeboat arrived, and nobody on board had been hurt, the harbour said.</p></article></body></html>
        """u8;

    private static readonly string[] Marks =
        ["an empty program's Main", "services put together", "first timer's stage at hand", "all stages at hand", "first page extracted"];

    public static int Run(TextWriter output)
    {
        var measured = new List<double[]>();
        for (var round = 0; round < Rounds; round++)
            measured.Add(Child());

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"milliseconds from the process's start, {Rounds} processes, median (fastest to slowest):"));
        for (var i = 0; i < Marks.Length; i++)
        {
            var times = measured.Select(m => m[i]).Order().ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Marks[i],-28} {times[Rounds / 2],6:0} ({times[0]:0} to {times[^1]:0})"));
        }
        return 0;
    }

    /// <summary>One start; prints its marks.</summary>
    public static async Task<int> OnceAsync(TextWriter output)
    {
        using var self = Process.GetCurrentProcess();
        var started = self.StartTime.ToUniversalTime();
        double Passed() => (TimeProvider.System.GetUtcNow().UtcDateTime - started).TotalMilliseconds;

        var main = Passed();
        var folder = Directory.CreateTempSubdirectory("ingest-start-").FullName;
        try
        {
            var (options, _) = IngestOptions.Read(_ => null, folder);
            await using var services = new ServiceCollection().AddIngestPipeline(options).BuildServiceProvider();
            var together = Passed();
            services.GetRequiredService<PollFeeds>();
            var first = Passed();
            services.GetRequiredService<LiveRun>();
            var all = Passed();
            services.GetRequiredService<ArticleExtractor>().Extract(new(Page.ToArray()));
            output.WriteLine(string.Join(' ', new[] { main, together, first, all, Passed() }.Select(t => t.ToString("0.0", CultureInfo.InvariantCulture))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static double[] Child()
    {
        // As `dotnet X.dll` the process is dotnet, which must be told what to run.
        string[] run =
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(StartUp).Assembly.Location, "startup-once"] : ["startup-once"];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, run) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. line.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"A start ended with {process.ExitCode}.");
    }
}
