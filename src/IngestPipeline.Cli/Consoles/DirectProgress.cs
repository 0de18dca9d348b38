namespace IngestPipeline.Cli.Consoles;

/// <summary>Reports at once and in order; <see cref="Progress{T}"/> posts to a thread pool and may report out of order.</summary>
internal sealed class DirectProgress(Action<long> report) : IProgress<long>
{
    public void Report(long value) => report(value);
}
