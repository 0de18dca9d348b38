using System.Globalization;
using IngestPipeline.Queues;

namespace IngestPipeline.Benchmarks.Load;

/// <summary>A queue in memory, under a clock of the measurement's own.</summary>
internal sealed class MemoryQueue(string name, TimeProvider time) : IWorkQueue
{
    private readonly PriorityQueue<QueueItem, DateTimeOffset> _messages = new();
    private int _sent;

    public string Name => name;

    /// <summary>When the next message can be seen; null = there is none.</summary>
    public DateTimeOffset? Next => _messages.TryPeek(out _, out var at) ? at : null;

    public Task PrepareAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default)
    {
        _messages.Enqueue(new((++_sent).ToString(CultureInfo.InvariantCulture), body, "", 1, time.GetUtcNow()), time.GetUtcNow() + delay);
        return Task.CompletedTask;
    }

    // Nothing fails here, so what is taken is done.
    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default)
    {
        var items = new List<QueueItem>();
        while (items.Count < most && _messages.TryPeek(out var item, out var at) && at <= time.GetUtcNow())
        {
            items.Add(item);
            _messages.Dequeue();
        }

        return Task.FromResult<IReadOnlyList<QueueItem>>(items);
    }

    public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default) => Task.FromResult(true);

    public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<int> DepthAsync(CancellationToken cancellation = default) => Task.FromResult(_messages.Count);
}
