namespace IngestPipeline.Simulation;

/// <summary>
/// Tells when nothing moves any more: no work waits in the thread pool and none of its threads works beyond those that did at the start. Nothing else
/// in a simulation runs on threads of its own; effects under way are counted by <see cref="Faults"/>.
/// </summary>
internal sealed class Quiet
{
    // So many looks, a millisecond apart, with as many busy threads and no work waiting: they are the runner's own.
    private const int LooksToLearn = 2_000;

    private int _resting = Enumerable.Range(0, 10).Select(_ => Sample()).Min();
    private int _last = -1;
    private int _looks;

    /// <summary>True when nothing moves. False may mean no more than that another thread is about to rest.</summary>
    public bool IsSo => IsStill() && IsStill();

    private bool IsStill()
    {
        Thread.Yield();
        var busy = Busy();
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            _looks = 0;
            return false;
        }

        // One that worked at the start, on a busy machine, may have come to rest since.
        _resting = Math.Min(_resting, busy);
        (_looks, _last) = (busy == _last ? _looks + 1 : 0, busy);
        if (_looks > LooksToLearn)
            _resting = busy;
        return busy <= _resting;
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
