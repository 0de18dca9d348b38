using IngestPipeline.Pipeline.Live;

namespace IngestPipeline.Functions;

/// <summary>Makes store and queues where they are not there, once a process and not before the first poll: a start waits for nothing.</summary>
public sealed class FirstRun(LiveRun run)
{
    private volatile bool _done;

    /// <summary>Prepares, unless that was done. What fails is tried again by the next poll.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (_done)
            return;
        await run.PrepareAsync(cancellation);
        _done = true;
    }
}
