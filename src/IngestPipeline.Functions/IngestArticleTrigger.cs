using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Fetches one article and writes what it holds.</summary>
public sealed class IngestArticleTrigger(IngestArticle stage, QueueWork work, IngestOptions options)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(IngestArticle))]
    public Task Run([QueueTrigger("%ArticleQueue%", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.ArticleQueue, message, (body, stop) => stage.ProcessAsync(MessageJson.Article(body), stop), cancellation);
}
