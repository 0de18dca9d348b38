using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Sets aside the replays that failed five times.</summary>
public sealed class PoisonReplaysTrigger(QueueWork work, Quarantine quarantine, IngestOptions options)
{
    /// <summary>Takes one message.</summary>
    [Function("PoisonReplays")]
    public Task Run([QueueTrigger("%ReplayQueue%-poison", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.ReplayQueue + "-poison", message, (body, stop) => quarantine.TakeAsync(options.ReplayQueue, body, stop), cancellation);
}
