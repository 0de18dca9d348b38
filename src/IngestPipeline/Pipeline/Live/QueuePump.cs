using IngestPipeline.Hosting;
using IngestPipeline.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Hands a queue's messages to their stage, as the platform does on Azure: a message is deleted when its stage returns; one that fails comes again
/// after a while, and after five deliveries it goes to the poison queue. A failure of the store is none of the message's, and uses up no delivery.
/// </summary>
internal sealed class QueuePump(
    IWorkQueue queue, IWorkQueue poison, Func<string, CancellationToken, Task> stage, LiveOptions options, TimeProvider time, IngestMetrics metrics,
    Action<string> problem)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryStorage = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private const int MostFailures = 5;

    public IWorkQueue Queue => queue;

    /// <summary>Takes what is visible now, once.</summary>
    /// <param name="most">How many messages are worked on at once: 1 to 32.</param>
    /// <param name="stop">Stops taking messages.</param>
    /// <param name="abort">Stops the stages, too; their messages come again.</param>
    /// <returns>How many messages were handled.</returns>
    public async Task<int> PumpAsync(int most, CancellationToken stop, CancellationToken abort)
    {
        if (stop.IsCancellationRequested)
            return 0;
        var items = await queue.ReceiveAsync(most, Visibility, abort).ConfigureAwait(false);
        await Task.WhenAll(items.Select(i => HandleAsync(i, abort))).ConfigureAwait(false);
        return items.Count;
    }

    /// <summary>
    /// Works until it is stopped: as soon as a worker is free, the next message is taken, so that one that takes long holds up no other. Returns when
    /// what is under way has ended.
    /// </summary>
    /// <param name="most">How many messages are worked on at once: 1 to 32.</param>
    /// <param name="stop">Stops taking messages.</param>
    /// <param name="abort">Stops the stages, too; their messages come again.</param>
    /// <exception cref="StorageException">The store or the queue failed five times in a row.</exception>
    public async Task RunAsync(int most, CancellationToken stop, CancellationToken abort)
    {
        var running = new List<Task>();
        try
        {
            for (var failures = 0; !stop.IsCancellationRequested;)
            {
                try
                {
                    var items = running.Count < most ? await queue.ReceiveAsync(most - running.Count, Visibility, abort).ConfigureAwait(false) : [];
                    running.AddRange(items.Select(i => HandleAsync(i, abort)));
                    if (items.Count == 0)
                        await WaitAsync(running, isFull: running.Count >= most, stop).ConfigureAwait(false);
                    if (await EndedAsync(running).ConfigureAwait(false) || running.Count == 0)
                        failures = 0;
                }
                catch (StorageException e) when (++failures < MostFailures)
                {
                    problem(e.Message);
                    await PauseAsync(RetryStorage * failures, stop).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for a worker to be free, and no longer than a moment where another message could be taken.</summary>
    private Task WaitAsync(List<Task> running, bool isFull, CancellationToken stop)
    {
        IReadOnlyList<Task> events = isFull ? running : [.. running, PauseAsync(Idle, stop)];
        return Task.WhenAny(events);
    }

    /// <summary>Takes out what has ended; true when something has. Throws what it threw.</summary>
    private static async Task<bool> EndedAsync(List<Task> running)
    {
        var ended = running.FindAll(t => t.IsCompleted);
        running.RemoveAll(ended.Contains);
        await Task.WhenAll(ended).ConfigureAwait(false);
        return ended.Count > 0;
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken stop) =>
        Task.Delay(pause, time, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task HandleAsync(QueueItem item, CancellationToken abort)
    {
        metrics.QueueAge(queue.Name, time.GetUtcNow() - item.Inserted);
        if (item.Deliveries > options.MaxDeliveries)
        {
            await PoisonAsync(item, abort).ConfigureAwait(false);
            return;
        }

        try
        {
            await stage(item.Body, abort).ConfigureAwait(false);
            await queue.DeleteAsync(item, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // It comes again; sooner than a crash would let it.
            await queue.ReleaseAsync(item, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException e) when (!e.IsDamage)
        {
            // The store or the queue failed, not this message: it comes again, and the run says so once.
            await RenewAsync(item, abort).ConfigureAwait(false);
            throw;
        }
        catch (FormatException e)
        {
            problem($"{queue.Name}: {SafeText.Of(e.Message)}; set aside");
            await PoisonAsync(item, abort).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a stage throws, the next message is worked on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            problem($"{queue.Name}: {SafeText.Of($"{e.GetType().Name}: {e.Message}")}; delivery {item.Deliveries} of {options.MaxDeliveries}");
            if (item.Deliveries >= options.MaxDeliveries)
                await PoisonAsync(item, abort).ConfigureAwait(false);
            else
                await queue.ReleaseAsync(item, RetryAfter, abort).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a message back as a new one, so that an outage with many starts does not use up its deliveries.</summary>
    private async Task RenewAsync(QueueItem item, CancellationToken abort)
    {
        try
        {
            await queue.SendAsync(item.Body, RetryStorage, abort).ConfigureAwait(false);
            await queue.DeleteAsync(item, abort).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // The queue is down, too: the message stays in it, and the failure that is thrown tells of both.
        }
    }

    private async Task PoisonAsync(QueueItem item, CancellationToken abort)
    {
        await poison.SendAsync(item.Body, TimeSpan.Zero, abort).ConfigureAwait(false);
        await queue.DeleteAsync(item, abort).ConfigureAwait(false);
    }
}
