using System.Text;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Tests.Reports;

public sealed class SourceHealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _time = new();

    [Fact]
    public async Task A_source_whose_texts_became_short_is_flagged_and_what_was_read_from_it_stays()
    {
        await ReplayRun.RunAsync(Days(0, 1).Save(_folder["a.warc"]), _folder["store"]);

        var sources = (await ReportSite.WriteAsync(new FolderBlobStore(_folder["store"]), _folder["site"])).Sources;

        var flag = Assert.Single(sources.Flags);
        Assert.Equal(("post.example", "2026-03-15", "length of a text"), (flag.Site, flag.Day, flag.What));
        Assert.Equal(sources.Flags, SourceHealth.Read(sources.ToJson()).Flags);
    }

    [Fact]
    public async Task A_source_is_flagged_no_more_when_its_change_is_some_days_old()
    {
        await ReplayRun.RunAsync(Days(0, 1, 2, 5).Save(_folder["a.warc"]), _folder["store"]);
        Assert.Empty((await ReportSite.WriteAsync(new FolderBlobStore(_folder["store"]), _folder["site"])).Sources.Flags);
    }

    [Fact]
    public async Task The_flag_is_kept_in_the_store_and_shown_by_the_status()
    {
        var store = new FolderBlobStore(_folder["store"]);
        await ReplayRun.RunAsync([Days(0, 1).Save(_folder["a.warc"])], store);
        using var queues = WorkQueues.InFolder(_folder["store"], _time);
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddSingleton<IBlobStore>(store).AddSingleton(queues)
            .AddIngestPipeline(new() { Store = _folder["store"] }).BuildServiceProvider();

        await services.GetRequiredService<PublishReport>().RunAsync(default);

        Assert.Equal("post.example", Assert.Single(SourceHealth.Read((await store.ReadAsync(StoreNames.Sources))!.Content.Span).Sites));
        var status = Encoding.UTF8.GetString(await services.GetRequiredService<StatusReader>().ReadJsonAsync(default));
        Assert.Contains("\"sources\":[{\"site\":\"post.example\",\"day\":\"2026-03-15\",\"what\":\"length of a text\"", status, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Six articles a day: whole ones on the first day, a fifth of each from then on.</summary>
    private static TestWeb Days(params int[] days)
    {
        var web = new TestWeb();
        foreach (var day in days)
        {
            web.Feed("https://post.example/feed", 24 * day, [.. Enumerable.Range(0, 6).Select(n => ($"Day {day}, {n}", $"https://post.example/{day}-{n}"))]);
            for (var n = 0; n < 6; n++)
                web.Article($"https://post.example/{day}-{n}", (24 * day) + 0.1, $"Day {day}, {n}", [.. TestWeb.Story((day * 10) + n).Take(day == 0 ? 5 : 1)]);
        }

        return web;
    }
}
