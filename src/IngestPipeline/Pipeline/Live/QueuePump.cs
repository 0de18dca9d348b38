using IngestPipeline.Hosting;
using IngestPipeline.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Hands a queue's messages to their stage, as the platform does on Azure: a message is deleted when its stage returns; one that fails comes again
/// after a while, and after five deliveries it goes to the poison queue.
/// </summary>
internal sealed class QueuePump(IWorkQueue queue, IWorkQueue poison, Func<string, CancellationToken, Task> stage, LiveOptions options, TimeProvider time, IngestMetrics metrics, Action<string> problem)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

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
        catch (StorageException)
        {
            // The store or the queue failed, not this message: it comes again, and the run says so once.
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

    private async Task PoisonAsync(QueueItem item, CancellationToken abort)
    {
        await poison.SendAsync(item.Body, TimeSpan.Zero, abort).ConfigureAwait(false);
        await queue.DeleteAsync(item, abort).ConfigureAwait(false);
    }
}
