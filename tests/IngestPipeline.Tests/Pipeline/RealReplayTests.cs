using IngestPipeline.Storage;
using IngestPipeline.Tests.Cli;
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

    [BenchFact]
    public async Task Three_processes_back_fill_a_thousand_real_pages_to_the_same_bytes_though_one_was_killed()
    {
        var archive = Path.Combine(_folder["store"], "archive", "real.warc.gz");
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        RealArchive.Write(RepositoryRoot.Bench!, archive);
        await ReplayRun.SummaryAsync(archive, _folder["whole"]);
        string[] arguments = ["backfill", _folder["store"], "--archive", "archive/", "--workers", "2", "--quiet"];

        var processes = Enumerable.Range(0, 3).Select(_ => CliProcess.Start(arguments)).ToList();
        var staging = Path.Combine(_folder["store"], "runs");
        while (!processes[0].HasExited && !(Directory.Exists(staging) && Directory.EnumerateDirectories(staging, "results", SearchOption.AllDirectories).Any()))
            await Task.Delay(20);
        processes[0].KillNow();
        await processes[0].EndAsync();
        // What the killed one had would come again by itself, after ten minutes; so it does at once.
        await ReleaseAsync(_folder["store"]);
        foreach (var process in processes[1..])
        {
            using var running = process;
            var ended = await process.EndAsync();
            Assert.True(ended.ExitCode == 0, ended.Error);
        }

        Assert.Equal(
            await Backfill.BackfillWork.TreeAsync(new FolderBlobStore(_folder["whole"])),
            await Backfill.BackfillWork.TreeAsync(new FolderBlobStore(_folder["store"])));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task ReleaseAsync(string store)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(store, ".queues", "queues.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE message SET visible = 0";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task KillAfterAsync(string archive, string store, int articles)
    {
        using var process = CliProcess.Start("replay", archive, "--out", store, "--quiet");
        while (!process.HasExited && Count(store) < articles)
            await Task.Delay(20);
        process.KillNow();
        await process.EndAsync();
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
