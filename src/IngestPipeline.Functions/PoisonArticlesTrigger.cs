using Azure.Storage.Queues.Models;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Sets aside the articles that failed five times.</summary>
public sealed class PoisonArticlesTrigger(QueueWork work, Quarantine quarantine, IngestOptions options)
{
    /// <summary>Takes one message.</summary>
    [Function("PoisonArticles")]
    public Task Run([QueueTrigger("%ArticleQueue%-poison", Connection = "AzureWebJobsStorage")] QueueMessage message, CancellationToken cancellation) =>
        work.RunAsync(options.ArticleQueue + "-poison", message, (body, stop) => quarantine.TakeAsync(options.ArticleQueue, body, stop), cancellation);
}
