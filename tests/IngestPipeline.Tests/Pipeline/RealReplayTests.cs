using System.Diagnostics;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Replays of some thousand real pages, where the benchmark data is beside the checkout.</summary>
[Trait("Category", "Slow")]
public sealed class RealReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [BenchFact]
    public async Task Replays_a_thousand_real_pages_to_the_same_bytes_though_the_process_was_killed_half_way()
    {
        var archive = _folder["real.warc.gz"];
        RealArchive.Write(RepositoryRoot.Bench!, archive);
        var whole = await ReplayRun.SummaryAsync(archive, _folder["whole"]);
        Assert.True(whole.AddsUp);
        Assert.True(whole.ArticlesIn > 1000);
        var expected = await ReplayRun.TreeHashAsync(_folder["whole"]);

        // Killed for real, at three moments: while indexing or early, half-way, and late.
        foreach (var articles in (int[])[1, 400, 900])
            await KillAfterAsync(archive, _folder["killed"], articles);

        await ReplayRun.RunAsync(archive, _folder["killed"]);

        Assert.Equal(expected, await ReplayRun.TreeHashAsync(_folder["killed"]));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task KillAfterAsync(string archive, string store, int articles)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ingest.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])[program, "replay", archive, "--out", store, "--quiet"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        while (!process.HasExited && Count(store) < articles)
            await Task.Delay(20);
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    private static int Count(string store)
    {
        var folder = Path.Combine(store, "articles");
        try
        {
            return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Count() : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
