using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline.Forgetting;

/// <summary>
/// A live day with one article that shall be forgotten: it is named by two feeds with a summary, redirected to, corrected once, continued on a second page, the
/// canonical one of two copies elsewhere, and sent to quarantine once. Its words stand nowhere else.
/// </summary>
internal static class ForgetScene
{
    /// <summary>Words of its title, summary, texts and addresses.</summary>
    public static readonly string[] Words = ["Quillzephyr", "Vexmarrow", "Ombrelune", "Tanglewisp", "zq-secret", "zq-moved"];

    public static LiveDay News(LoopbackSite site, TestClock time)
    {
        var day = new LiveDay(site, time);
        string[] wire = [.. TestWeb.Story(1).Select(p => p.Replace("story 1 part", "the tale", StringComparison.Ordinal))];
        day.Entry("/a.xml", 0, "Quillzephyr lands", "/zq-secret", "<p>Vexmarrow in a summary.</p>")
            .Entry("/b.xml", 0.5, "Quillzephyr lands again", "/zq-secret", "<p>Vexmarrow once more.</p>")
            .Page(
                "/zq-moved", (0, "Quillzephyr lands", [.. wire, "Ombrelune was seen by all."]),
                (0.8, "Quillzephyr lands, corrected", [.. wire, "Ombrelune was seen by most."]));
        site.On("/zq-secret", context =>
        {
            context.Response.Redirect("/zq-moved");
            return Task.CompletedTask;
        });
        day.Entry("/b.xml", 0.6, "Carried", "/b/1").Page("/b/1", (0, "Carried", [.. wire, "A first copy ends so."]))
            .Entry("/b.xml", 0.7, "Carried twice", "/b/2").Page("/b/2", (0, "Carried twice", [.. wire, "A second copy ends so."]));
        day.Entry("/a.xml", 0, "In the feed", null, string.Concat(TestWeb.Story(51).Select(p => $"<p>{p} Tanglewisp.</p>")));
        for (var i = 2; i < 4; i++)
            day.Entry("/a.xml", i * 0.3, $"Story {i}", $"/a/{i}").Page($"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)));
        return day;
    }

    /// <summary>Lets three hours pass; then one message of it goes to quarantine, and its page is named anew, so that a request of it is pending.</summary>
    public static async Task PlayAsync(LivePipeline live, LiveDay day)
    {
        await live.StartAsync(day.Feeds);
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(15));
        var url = ArticleUrl.TryCreate(day.Site.Url("/zq-secret"))!;
        var now = live.Time.GetUtcNow();
        var request =
            new ArticleRequest(day.Site.Url("/zq-secret"), url, now, new(day.Site.Url("/a.xml").AbsoluteUri, "t", null), new() { Title = "Quillzephyr pends" });
        await QuarantineFiles.WriteAsync(live.Store, "articles", $"{{\"version\":1,\"article\":\"{url.Id}\"}}", "an old failure", now, [request], default);
        var state =
            await new ArticleStates(live.Store).ChangeAsync(url.Id, s => s!.With(RequestKind.Retry, "again", request).Listed(now, TimeSpan.Zero), default);
        await new DueMarkers(live.Store, StoreNames.Pending).CreateAsync(state!.Marker!, default);
    }

    public static Task<LivePipeline> OpenAsync(IBlobStore store, WorkQueues queues, LoopbackSite site, TestClock time) =>
        Task.FromResult(new LivePipeline(store, queues.Queue, site.Host, time, o => o with { Live = o.Live with { Rechecks = [TimeSpan.FromHours(1)] } }));

    /// <summary>The id of the article that a feed carries itself.</summary>
    public static async Task<string> CarriedIdAsync(IBlobStore store)
    {
        await foreach (var item in store.ListAsync(StoreNames.Articles))
        {
            if (System.Text.Encoding.UTF8.GetString((await store.ReadAsync(item.Name))!.Content.Span).Contains("Tanglewisp", StringComparison.Ordinal))
                return StoreNames.ArticleIdOf(item.Name);
        }

        throw new InvalidOperationException("No article was carried by a feed.");
    }
}
