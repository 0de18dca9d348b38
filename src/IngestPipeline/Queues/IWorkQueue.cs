namespace IngestPipeline.Queues;

/// <summary>
/// A durable queue of small messages that are delivered at least once: a received message is invisible for a while, and comes again unless it is
/// deleted by then. Messages never expire. Infrastructure failures throw <see cref="Storage.StorageException"/>.
/// </summary>
public interface IWorkQueue
{
    /// <summary>The longest a message may be, in bytes of UTF-8: base64 of it and the service's envelope stay under 64 KiB.</summary>
    const int MaxBytes = 45_000;

    /// <summary>The longest delay: under the service's seven days.</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    /// <summary>The queue's name: 3 to 63 lower-case letters, digits and single hyphens.</summary>
    string Name { get; }

    /// <summary>Makes the queue if there is none.</summary>
    Task PrepareAsync(CancellationToken cancellation = default);

    /// <summary>Adds a message, durably.</summary>
    /// <param name="body">The message.</param>
    /// <param name="delay">How long it stays invisible: zero to <see cref="MaxDelay"/>; a longer delay is cut.</param>
    /// <param name="cancellation">Stops before the message is added.</param>
    Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default);

    /// <summary>Takes up to so many visible messages, oldest first as far as the queue knows, and hides them.</summary>
    /// <param name="most">1 to 32.</param>
    /// <param name="visibility">How long they stay hidden.</param>
    /// <param name="cancellation">Stops before messages are taken.</param>
    Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default);

    /// <summary>Deletes a received message. False when the receipt is stale: another worker has it, or it is gone; that does no harm.</summary>
    Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default);

    /// <summary>Makes a received message visible again after a delay; its count of deliveries stays. False when the receipt is stale.</summary>
    Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default);

    /// <summary>How many messages there are, hidden ones included; approximate.</summary>
    Task<int> DepthAsync(CancellationToken cancellation = default);
}
