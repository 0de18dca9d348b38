using System.Diagnostics;

namespace IngestPipeline.Scoreboard;

/// <summary>Runs the product's command and the scorers as a user would: as processes.</summary>
internal sealed class Tool(TextWriter log)
{
    private const int ShownErrors = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>Runs <c>ingest</c>. A run that says "some lines failed" (exit code 1) has still written the rest.</summary>
    public async Task IngestAsync(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        var ingest = Path.Combine(AppContext.BaseDirectory, "ingest.dll");
        var (code, _, errors) = await RunAsync("dotnet", [ingest, .. arguments]);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await log.WriteLineAsync(
            $"ingest {string.Join(' ', arguments.Where(a => !a.StartsWith('-')).Take(2).Select(Short))}: {clock.Elapsed.TotalSeconds:0.0} s, exit code {code}");
        if (code == 0)
            return;
        foreach (var line in lines.Take(ShownErrors))
            await log.WriteLineAsync("  " + line);
        if (code != 1)
            throw new ScoreboardException($"ingest {string.Join(' ', arguments)} ended with code {code}: {lines.LastOrDefault()}");
    }

    public async Task PythonAsync(params string[] arguments)
    {
        try
        {
            var (code, _, errors) = await RunAsync("python3", arguments);
            if (code != 0)
                throw new ScoreboardException($"python3 {string.Join(' ', arguments)} ended with code {code}: {errors.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ScoreboardException("The scorers need python3, which is not on the PATH.", e);
        }
    }

    private static string Short(string argument) => argument.Contains('/', StringComparison.Ordinal)
        ? string.Join('/', argument.Split('/')[^Math.Min(2, argument.Split('/').Length)..])
        : argument;

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new ScoreboardException($"{program} {string.Join(' ', arguments)} took over {Limit.TotalMinutes} minutes.", e);
        }
    }
}
