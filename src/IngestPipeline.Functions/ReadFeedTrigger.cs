using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Reads one feed.</summary>
public sealed class ReadFeedTrigger(ReadFeed stage, QueueWork work, IngestOptions options)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(ReadFeed))]
    public Task Run([QueueTrigger("%FeedQueue%", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.FeedQueue, message, (body, stop) => stage.ProcessAsync(MessageJson.Feed(body), stop), cancellation);
}
