using IngestPipeline.Extraction;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IngestPipeline.Hosting;

/// <summary>The one place where a live pipeline is put together, for every host.</summary>
public static class IngestPipelineServices
{
    /// <summary>
    /// Adds the stages (<see cref="PollFeeds"/>, <see cref="ReadFeed"/>, <see cref="IngestArticle"/>, <see cref="Deduplicate"/>,
    /// <see cref="PublishReport"/>, <see cref="ReplayArchive"/>, <see cref="Quarantine"/>, <see cref="StatusReader"/>) and what they stand on. A
    /// <see cref="TimeProvider"/>, <see cref="IBlobStore"/>, <see cref="WorkQueues"/> or <see cref="LiveWeb"/> that is there already is used. Nothing is
    /// reached, and no model is read, before it is needed.
    /// </summary>
    public static IServiceCollection AddIngestPipeline(this IServiceCollection services, IngestOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddSingleton(options);
        services.AddSingleton(options.Live);
        services.AddSingleton(options.Polling);
        services.AddSingleton(options.Pipeline);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new IngestMetrics());
        services.TryAddSingleton(_ => BlobStoreFactory.Open(options.Store));
        services.TryAddSingleton(p => WorkQueues.Open(options.Store, p.GetRequiredService<TimeProvider>(), options.QueueService));
        services.TryAddSingleton(p => LiveWeb.Create(p.GetRequiredService<IBlobStore>(), options.Fetching, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new LiveStore(p.GetRequiredService<IBlobStore>(), PipelineVersion.Of(options.Pipeline)));
        services.AddSingleton(p => Queues(p.GetRequiredService<WorkQueues>(), options));
        services.AddSingleton(p => new LiveFeeds(p.GetRequiredService<IBlobStore>(), options.FeedsFile));
        services.AddSingleton(_ => new FeedCredentials(options.Setting));
        services.AddSingleton(_ => new ArticleExtractor());
        services.AddSingleton(p => new ArticleIngest(p.GetRequiredService<LiveWeb>().Fetcher, p.GetRequiredService<ArticleExtractor>(), options.Pipeline));
        services.AddSingleton(p => new FeedPoller(p.GetRequiredService<LiveWeb>().Fetcher, new FeedReader(), p.GetRequiredService<TimeProvider>(), options.Polling));
        services.AddSingleton(p => new HistoryPoller(p.GetRequiredService<LiveWeb>().Fetcher, new FeedReader(), p.GetRequiredService<TimeProvider>(), options.Polling));
        services.AddSingleton(p => new WorkClaims(options.Live, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SiteMemories>();
        services.AddSingleton<PollFeeds>();
        services.AddSingleton<ReadFeed>();
        services.AddSingleton<IngestArticle>();
        services.AddSingleton<Deduplicate>();
        services.AddSingleton<StatusReader>();
        services.AddSingleton<PublishReport>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<ReplayArchive>();
        services.AddSingleton<BackfillRun>();
        services.AddSingleton<LiveRun>();
        return services;
    }

    private static LiveQueues Queues(WorkQueues queues, IngestOptions options) =>
        new(queues.Queue(options.FeedQueue), queues.Queue(options.ArticleQueue), queues.Queue(options.ReplayQueue))
        {
            Poison = [.. new[] { options.FeedQueue, options.ArticleQueue, options.ReplayQueue }.Select(name => queues.Queue(name + QueueName.PoisonSuffix))],
        };
}
