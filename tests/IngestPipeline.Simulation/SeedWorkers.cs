using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace IngestPipeline.Simulation;

/// <summary>
/// Runs seeds in processes of their own, one for each processor: within one process nothing else may move while a seed runs, or it would not know
/// when its own work has come to rest (<see cref="Quiet"/>), and what runs beside what would be chance.
/// </summary>
internal static class SeedWorkers
{
    /// <summary>The results, in the order of the seeds.</summary>
    public static async Task<IReadOnlyList<SeedResult>> RunAsync(IEnumerable<int> seeds)
    {
        var wanted = new ConcurrentQueue<int>(seeds);
        var results = new ConcurrentBag<SeedResult>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Environment.ProcessorCount, wanted.Count)).Select(_ => WorkAsync(wanted, results)));
        return [.. results.OrderBy(r => r.Seed)];
    }

    /// <summary>
    /// The other side: runs each seed that comes as a line, and answers with a line. All of a seed runs on one thread, so that its course is the same each
    /// time.
    /// </summary>
    public static async Task ServeAsync(TextReader seeds, TextWriter results)
    {
        ThreadPool.SetMinThreads(1, 1);
        if (!ThreadPool.SetMaxThreads(1, 1))
            throw new InvalidOperationException("The thread pool cannot be held to one thread.");
        await Task.Run(async () =>
        {
            while (seeds.ReadLine() is { } seed)
            {
                await results.WriteLineAsync(JsonSerializer.Serialize(await SeedRun.RunAsync(int.Parse(seed, CultureInfo.InvariantCulture))));
                await results.FlushAsync();
            }
        });
    }

    private static async Task WorkAsync(ConcurrentQueue<int> wanted, ConcurrentBag<SeedResult> results)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(SeedWorkers).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            while (wanted.TryDequeue(out var seed))
            {
                await process.StandardInput.WriteLineAsync(seed.ToString(CultureInfo.InvariantCulture));
                await process.StandardInput.FlushAsync();
                if (await process.StandardOutput.ReadLineAsync() is { } line)
                {
                    results.Add(JsonSerializer.Deserialize<SeedResult>(line)!);
                    continue;
                }

                results.Add(new(seed, 0, 0, 0, 0, [$"its process ended: {(await errors).Trim()}"], new Dictionary<string, int[]>()));
                return;
            }
        }
        finally
        {
            // It ends with its input.
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }
    }
}
