using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Replays an archive that lies in the store.</summary>
public sealed class ReplayArchiveTrigger(ReplayArchive stage, QueueWork work, IngestOptions options)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(ReplayArchive))]
    public Task Run([QueueTrigger("%ReplayQueue%", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.ReplayQueue, message, (body, stop) => stage.ProcessAsync(MessageJson.Replay(body), stop), cancellation);
}
