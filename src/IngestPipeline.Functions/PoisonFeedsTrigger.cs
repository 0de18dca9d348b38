using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Sets aside the feeds that failed five times.</summary>
public sealed class PoisonFeedsTrigger(QueueWork work, Quarantine quarantine, IngestOptions options)
{
    /// <summary>Takes one message.</summary>
    [Function("PoisonFeeds")]
    public Task Run([QueueTrigger("%FeedQueue%-poison", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.FeedQueue + "-poison", message, (body, stop) => quarantine.TakeAsync(options.FeedQueue, body, stop), cancellation);
}
