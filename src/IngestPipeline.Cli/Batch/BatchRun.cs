using IngestPipeline.Cli.Consoles;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Cli.Batch;

/// <summary>Runs a batch command's jobs on several workers and writes their lines in the order of the input.</summary>
internal static class BatchRun
{
    /// <param name="jobs">What to do, read as workers come free.</param>
    /// <param name="work">Does one job; null when it could not be done, which was reported then.</param>
    /// <param name="what">What the jobs are, for the progress line.</param>
    /// <param name="settings">Where and how.</param>
    /// <param name="errors">What could not be done.</param>
    /// <param name="cancellation">Stops after what is under way.</param>
    /// <returns>The command's exit code.</returns>
    public static async Task<int> RunAsync<T>(
        IEnumerable<T> jobs, Func<T, byte[]?> work, string what, BatchSettings settings, BatchErrors errors, CancellationToken cancellation)
    {
        using var sink = new BatchOutput(settings.Output, settings.Terminal);
        using var progress = new ProgressLine(settings.Terminal, what, null, settings.Quiet);
        var done = 0L;
        await OrderedParallel.RunAsync(
            jobs,
            settings.Workers,
            work,
            line =>
            {
                if (line is not null)
                    sink.WriteLine(line);
                progress.Report(++done);
            },
            cancellation);
        sink.Complete(quiet: settings.Quiet);
        return errors.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
