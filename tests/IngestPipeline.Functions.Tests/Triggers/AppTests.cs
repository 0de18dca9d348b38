using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Functions;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Azurite;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Tests.Functions.Triggers;

/// <summary>Every function, called with real messages over Azurite.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AppTests(AzuriteServer azurite)
{
    private const string Story =
        """
        <!DOCTYPE html><html lang="en"><head><title>Ferry drifts for an hour off the cape</title><meta property="article:published_time" content="2026-03-14T09:00:00Z"></head>
        <body><article><h1>Ferry drifts for an hour off the cape</h1>
        <p>A ferry with sixty people on board drifted for an hour off the northern cape on Saturday morning after both of its engines had failed in heavy swell.</p>
        <p>The harbour master said that two fishing boats had taken the vessel in tow before the lifeboat arrived, and that nobody on board had been hurt.</p>
        <p>Engineers will look at the fuel lines on Monday, and until then a smaller boat carries passengers twice a day between the two piers.</p></article></body></html>
        """;

    [StoreFact]
    [Trait("Speed", "Slow")]
    public async Task A_feed_becomes_a_record_as_timers_fire_and_queues_drain_and_its_archive_can_be_replayed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/ferry", Story).Page(
            "/feed.xml",
            $"<rss version=\"2.0\"><channel><title>Post</title><link>{site.Root}</link><item><title>Ferry drifts for an hour off the cape</title><link>{site.Url("/ferry")}</link><guid>1</guid></item></channel></rss>",
            "application/rss+xml");
        await using var app = new RunningApp(azurite, site.Host);
        await app.Store.PrepareAsync();
        await app.Store.CreateAsync(FeedList.StoreName, System.Text.Encoding.UTF8.GetBytes($$"""{ "feeds": [ { "url": "{{site.Url("/feed.xml")}}" } ] }"""));

        // Politeness is real: the host's slot comes some seconds after the feed's.
        for (var waited = Stopwatch.StartNew(); (await app.ListAsync("records/")).Count == 0; await Task.Delay(500))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(30), string.Join('\n', app.Log.Lines));
            await app.TimerAsync<PollFeedsTrigger>();
            await app.DeliverAsync<ReadFeedTrigger>("feeds");
            await app.DeliverAsync<IngestArticleTrigger>("articles");
            await app.TimerAsync<DeduplicateTrigger>();
        }

        Assert.Contains("two fishing boats", await app.TextAsync(Assert.Single(await app.ListAsync("records/"))), StringComparison.Ordinal);
        Assert.Contains(site.Requests, r => r.Path == "/ferry" && r.Headers["User-Agent"].Contains("desk@example.org", StringComparison.Ordinal));

        await app.TimerAsync<PublishReportTrigger>();
        Assert.NotEmpty(await app.ListAsync("reports/"));

        var status = new StatusRequest();
        await new StatusTrigger(app.Get<StatusReader>()).Run(status, CancellationToken.None);
        using var json = JsonDocument.Parse(((MemoryStream)status.Given.Body).ToArray());
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        Assert.StartsWith("application/json", status.Given.Headers.Value("Content-Type"), StringComparison.Ordinal);

        await app.Queue("replays").SendMessageAsync(
            MessageJson.Write(new ReplayMessage(MessageJson.Version, "capture/", app.Get<LiveStore>().Version, null, null)));
        // Start, segments, polls, parts, decisions: each step's messages are sent by the step before it.
        for (var steps = 0; await app.DeliverAsync<ReplayArchiveTrigger>("replays") > 0; steps++)
            Assert.True(steps < 20);
        Assert.Contains("\"done\"", await app.TextAsync(Assert.Single(await app.ListAsync("state/backfills/"))), StringComparison.Ordinal);
        Assert.Empty(await app.ListAsync("runs/"));
        Assert.Empty(await app.ListAsync("quarantine/"));
    }

    [StoreFact]
    public async Task A_message_that_no_repetition_helps_is_set_aside_at_once_with_its_reason_and_without_secrets()
    {
        await using var app = new RunningApp(azurite, "127.0.0.1:1");
        await app.Get<FirstRun>().EnsureAsync(CancellationToken.None);
        await app.Queue("articles").SendMessageAsync("no JSON\r\n\u001b[31m https://x.example/?sig=CANARY Authorization: Basic CANARY");
        await app.Queue("feeds").SendMessageAsync("{\"version\":99,\"feed\":\"AccountKey=CANARY;\"}");
        await app.Queue("replays").SendMessageAsync("{\"version\":1,\"archive\":\"capture/\",\"run\":\"another\"}");

        Assert.Equal(1, await app.DeliverAsync<IngestArticleTrigger>("articles"));
        Assert.Equal(1, await app.DeliverAsync<ReadFeedTrigger>("feeds"));
        Assert.Equal(1, await app.DeliverAsync<ReplayArchiveTrigger>("replays"));

        var aside = await app.ListAsync("quarantine/");
        Assert.Equal(3, aside.Count);
        var texts = await Task.WhenAll(aside.Select(app.TextAsync));
        Assert.Contains(texts, t => t.Contains("no JSON", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Contains("version 99", StringComparison.Ordinal));
        Assert.All(texts, t => Assert.DoesNotContain("CANARY", t, StringComparison.Ordinal));
        Assert.Equal(3, app.Log.Lines.Count);
        Assert.All(app.Log.Lines, line => Assert.DoesNotMatch("CANARY|[\r\n\u001b]", line));
    }

    [StoreFact]
    public async Task A_store_that_refuses_uses_up_no_message_and_damage_does()
    {
        await using var app = new RunningApp(azurite, "127.0.0.1:1");
        await app.Get<FirstRun>().EnsureAsync(CancellationToken.None);
        var (work, name) = (app.Get<QueueWork>(), app.Get<LiveQueues>().Articles.Name);
        Task RunAsync(int delivery, StorageException failure) => work.RunAsync(
            name, QueuesModelFactory.QueueMessage("1", "r", BinaryData.FromString("body"), delivery), (_, _) => throw failure, CancellationToken.None);
        async Task<int> DepthAsync() => (await app.Queue("articles").GetPropertiesAsync()).Value.ApproximateMessagesCount;

        await Assert.ThrowsAsync<StorageException>(() => RunAsync(4, new("refused")));
        Assert.Equal(0, await DepthAsync());
        await RunAsync(5, new("refused"));
        Assert.Equal(1, await DepthAsync());
        await Assert.ThrowsAsync<StorageException>(() => RunAsync(5, new("does not match its hash") { IsDamage = true }));
        Assert.Equal(1, await DepthAsync());
        Assert.StartsWith($"A message of {name} is kept, as its store failed: refused", Assert.Single(app.Log.Lines), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Poison_lands_in_quarantine_and_can_be_put_back()
    {
        await using var app = new RunningApp(azurite, "127.0.0.1:1");
        await app.Get<FirstRun>().EnsureAsync(CancellationToken.None);
        var id = new string('a', 32);
        await app.Queue("feeds-poison").SendMessageAsync(MessageJson.Write(new FeedMessage(MessageJson.Version, id, null)));
        await app.Queue("articles-poison").SendMessageAsync(MessageJson.Write(new ArticleMessage(MessageJson.Version, id, null)));
        await app.Queue("replays-poison").SendMessageAsync(MessageJson.Write(new ReplayMessage(MessageJson.Version, "capture/", "v", null, null)));

        Assert.Equal(1, await app.DeliverAsync<PoisonFeedsTrigger>("feeds-poison"));
        Assert.Equal(1, await app.DeliverAsync<PoisonArticlesTrigger>("articles-poison"));
        Assert.Equal(1, await app.DeliverAsync<PoisonReplaysTrigger>("replays-poison"));

        var aside = await app.ListAsync("quarantine/");
        Assert.Equal(3, aside.Count);
        var feed = Assert.Single(aside, n => n.Contains("feeds", StringComparison.Ordinal));
        Assert.True(await app.Get<Quarantine>().RetryAsync(feed, CancellationToken.None));
        Assert.Equal(2, (await app.ListAsync("quarantine/")).Count);
        Assert.Equal(1, (await app.Queue("feeds").GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public void Wrong_settings_are_refused_at_start_with_what_to_write_instead()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingNames.PollSchedule] = "* * * * *",
            [SettingNames.FeedQueue] = "No Queue",
        }).Build();

        var refused = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddPipeline(settings));

        Assert.Contains("six fields", refused.Message, StringComparison.Ordinal);
        Assert.Contains(SettingNames.FeedQueue, refused.Message, StringComparison.Ordinal);
        Assert.Contains(SettingNames.Store, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_an_identity_based_connection_are_read_from_environment_variables_with_two_underscores()
    {
        Environment.SetEnvironmentVariable("INGESTTEST_AzureWebJobsStorage__queueServiceUri", "https://account.queue.core.windows.net/");
        var settings = new ConfigurationBuilder().AddEnvironmentVariables("INGESTTEST_")
            .AddInMemoryCollection([new(SettingNames.Store, "https://account.blob.core.windows.net/ingest")]).Build();

        using var services = new ServiceCollection().AddLogging().AddPipeline(settings).BuildServiceProvider();

        Assert.Equal(new Uri("https://account.queue.core.windows.net/"), services.GetRequiredService<IngestOptions>().QueueService);
    }
}
