using System.Globalization;
using IngestPipeline.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Simulation;

/// <summary>
/// A queue that survives the process: it delivers at least once, in no order, now and then twice, and its sends and deletes go wrong like any effect.
/// </summary>
internal sealed class SimQueue(string name, TimeProvider time, Faults faults) : IWorkQueue
{
    private readonly List<Message> _messages = [];
    private int _sent;

    public string Name => name;

    public int Count => Locked(() => _messages.Count);

    /// <summary>When the next message can be seen; null = there is none.</summary>
    public DateTimeOffset? Next => Locked(() => _messages.Count == 0 ? (DateTimeOffset?)null : _messages.Min(m => m.VisibleAt));

    public Task PrepareAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default) => RunAsync("send " + body, () =>
    {
        _messages.Add(new((++_sent).ToString(CultureInfo.InvariantCulture), body, time.GetUtcNow()) { VisibleAt = time.GetUtcNow() + delay });
        return true;
    });

    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default) => RunAsync("receive", () =>
    {
        var now = time.GetUtcNow();
        var visible = _messages.Where(m => m.VisibleAt <= now).OrderBy(m => faults.Draw("order " + m.Body)).Take(most).ToList();
        foreach (var message in visible)
        {
            // A handler that outlives its visibility: the message is seen again while it is worked on.
            message.VisibleAt = faults.IsOn && faults.Draw("twice " + message.Body) < 60 ? now : now + visibility;
            message.Deliveries++;
            message.Receipt++;
        }

        return (IReadOnlyList<QueueItem>)[.. visible.Select(m => new QueueItem(m.Id, m.Body, m.Receipt.ToString(CultureInfo.InvariantCulture), m.Deliveries, m.Inserted))];
    });

    public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default) => RunAsync("delete " + item.Body, () =>
        Find(item) is { } message && _messages.Remove(message));

    public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default) => RunAsync("release " + item.Body, () =>
    {
        if (Find(item) is not { } message)
            return false;
        message.VisibleAt = time.GetUtcNow() + delay;
        return true;
    });

    public Task<int> DepthAsync(CancellationToken cancellation = default) => RunAsync("depth", () => _messages.Count);

    private Message? Find(QueueItem item) => _messages.Find(m => m.Id == item.Id && m.Receipt.ToString(CultureInfo.InvariantCulture) == item.Receipt);

    private Task<T> RunAsync<T>(string what, Func<T> effect) =>
        faults.RunAsync($"queue {name} {what}", () => Task.FromResult(Locked(effect)), message => new StorageException(message));

    private T Locked<T>(Func<T> look)
    {
        lock (_messages)
            return look();
    }

    private sealed class Message(string id, string body, DateTimeOffset inserted)
    {
        public string Id { get; } = id;

        public string Body { get; } = body;

        public DateTimeOffset Inserted { get; } = inserted;

        public DateTimeOffset VisibleAt { get; set; }

        public long Deliveries { get; set; }

        public int Receipt { get; set; }
    }
}
