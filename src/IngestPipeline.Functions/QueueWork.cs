using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Functions;

/// <summary>
/// Hands a message to its stage. One that can never be handled is set aside at once, with its reason; any other failure is the platform's to retry, and
/// a store that refuses uses up no message: before the platform would give it up it is sent anew.
/// </summary>
public sealed partial class QueueWork(
    Quarantine quarantine, LiveQueues queues, LiveOptions options, IngestMetrics metrics, TimeProvider time, ILogger<QueueWork> logger)
{
    private static readonly TimeSpan RetryStorage = TimeSpan.FromMinutes(1);

    /// <summary>Runs a stage on a message.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="message">The message.</param>
    /// <param name="stage">Reads the text and does the work; a <see cref="FormatException"/> says that no repetition helps.</param>
    /// <param name="cancellation">The host stops.</param>
    public async Task RunAsync(string queue, QueueMessage message, Func<string, CancellationToken, Task> stage, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(stage);
        if (message.InsertedOn is { } inserted)
            metrics.QueueAge(queue, time.GetUtcNow() - inserted);
        var body = message.Body.ToString();
        try
        {
            await stage(body, cancellation);
        }
        catch (FormatException e)
        {
            SetAside(logger, queue, e.Message);
            await quarantine.TakeAsync(queue, body, cancellation);
        }
        catch (StorageException e) when (!e.IsDamage && message.DequeueCount >= options.MaxDeliveries && queues.Find(queue) is not null)
        {
            SentAnew(logger, queue, e.Message);
            await queues.Find(queue)!.SendAsync(body, RetryStorage, cancellation);
        }
    }

    [LoggerMessage(2, LogLevel.Error, "A message of {Queue} is kept, as its store failed: {Reason}")]
    private static partial void SentAnew(ILogger logger, string queue, string reason);

    [LoggerMessage(1, LogLevel.Error, "A message of {Queue} was set aside: {Reason}")]
    private static partial void SetAside(ILogger logger, string queue, string reason);
}
