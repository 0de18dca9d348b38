namespace IngestPipeline.Simulation;

/// <summary>
/// Tells when nothing moves any more: no work waits in the thread pool and none of its threads works beyond those that did at the start. Nothing else
/// in a simulation runs on threads of its own; effects under way are counted by <see cref="Faults"/>.
/// </summary>
internal sealed class Quiet
{
    private readonly int _resting = Enumerable.Range(0, 10).Select(_ => Sample()).Min();

    /// <summary>True when nothing moves. False may mean no more than that another thread is about to rest.</summary>
    public bool IsSo => IsStill() && IsStill();

    private bool IsStill()
    {
        Thread.Yield();
        return ThreadPool.PendingWorkItemCount == 0 && Busy() <= _resting;
    }

    private static int Sample()
    {
        Thread.Sleep(1);
        return Busy();
    }

    // Threads of the pool that work, the caller's apart.
    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free - (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
    }
}
