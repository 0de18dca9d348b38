using IngestPipeline.Queues;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>When a process dies: at the n-th effect of its store and queues together, before the effect or after it and before the reply.</summary>
internal sealed class Death(int at, bool afterEffect)
{
    private int _effects;

    public int Effects => _effects;

    public bool IsDead { get; private set; }

    public async Task<T> AtAsync<T>(Func<Task<T>> effect)
    {
        // A dead process has no further effects.
        if (IsDead)
            throw new CrashingStore.CrashException();
        var number = Interlocked.Increment(ref _effects);
        if (number == at && !afterEffect)
            Die();
        var result = await effect();
        if (number == at)
            Die();
        return result;
    }

    private void Die()
    {
        IsDead = true;
        throw new CrashingStore.CrashException();
    }
}

/// <summary>A queue of a process that dies.</summary>
internal sealed class CrashingQueue(IWorkQueue inner, Death death) : IWorkQueue
{
    public string Name => inner.Name;

    public Task PrepareAsync(CancellationToken cancellation = default) => inner.PrepareAsync(cancellation);

    public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default) => death.AtAsync(async () =>
    {
        await inner.SendAsync(body, delay, cancellation);
        return 0;
    });

    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default) =>
        death.IsDead ? throw new CrashingStore.CrashException() : inner.ReceiveAsync(most, visibility, cancellation);

    public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default) => death.AtAsync(() => inner.DeleteAsync(item, cancellation));

    public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default) =>
        death.IsDead ? throw new CrashingStore.CrashException() : inner.ReleaseAsync(item, delay, cancellation);

    public Task<int> DepthAsync(CancellationToken cancellation = default) => inner.DepthAsync(cancellation);
}
