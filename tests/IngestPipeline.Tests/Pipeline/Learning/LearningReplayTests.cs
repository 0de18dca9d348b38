using System.Text.Json;
using IngestPipeline.Boilerplate;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Learning;

public sealed class LearningReplayTests : IDisposable
{
    private const string House = "The reporters of the Post work from a boathouse that the council lets to them for nothing.";

    private readonly TemporaryFolder _folder = new();

    private string Store => _folder["out"];

    [Fact]
    public async Task A_block_that_a_site_repeats_goes_two_days_later_with_its_reason_and_what_was_known_is_named()
    {
        await ReplayRun.RunAsync(Week().Save(_folder["a.warc"]), Store);

        Assert.EndsWith(House, Text("Day 1"), StringComparison.Ordinal);
        Assert.Equal(string.Join("\n\n", TestWeb.Story(20)), Text("Day 2"));
        var record = ReplayRun.Record(Store, "Day 2");
        var removed = record.GetProperty("removed").EnumerateArray().Single(r => r.GetProperty("text").GetString() == House);
        Assert.Equal((SiteBlocks.Rule, SiteBlocks.Reason), (removed.GetProperty("rule").GetString(), removed.GetProperty("reason").GetString()));
        var memory = SiteMemory.Read(await File.ReadAllBytesAsync(Path.Combine(Store, "learned", "2026-03-16.json")))!;
        Assert.Equal(memory.Name, record.GetProperty("learned").GetString());
        Assert.False(ReplayRun.Record(Store, "Day 1").TryGetProperty("learned", out _));
    }

    [Fact]
    public async Task Any_number_of_workers_and_a_second_replay_give_the_same_bytes()
    {
        var archive = Week().Save(_folder["a.warc"]);
        await ReplayRun.RunAsync(archive, Store, new() { Workers = 1 });
        var once = await ReplayRun.TreeHashAsync(Store);
        await ReplayRun.RunAsync(archive, _folder["other"], new() { Workers = 8 });

        Assert.Equal(once, await ReplayRun.TreeHashAsync(_folder["other"]));
        Assert.Equal(0, (await ReplayRun.SummaryAsync(archive, Store)).Changes);
        Assert.Equal(once, await ReplayRun.TreeHashAsync(Store));
    }

    [Fact]
    public async Task Nothing_is_learned_where_the_option_says_so_and_the_version_differs()
    {
        var options = new PipelineOptions { LearnDays = 0 };
        await ReplayRun.RunAsync(Week().Save(_folder["a.warc"]), Store, new() { Pipeline = options });

        Assert.EndsWith(House, Text("Day 2"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Store, "learned")));
        Assert.NotEqual(PipelineVersion.Of(new()), PipelineVersion.Of(options));
    }

    [Fact]
    public async Task What_is_older_than_the_days_that_teach_is_forgotten()
    {
        await ReplayRun.RunAsync(Week().Save(_folder["a.warc"]), Store, new() { Pipeline = new() { LearnDays = 3 } });

        Assert.DoesNotContain(House, Text("Day 3"), StringComparison.Ordinal);
        Assert.EndsWith(House, Text("Day 6"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_run_s_memory_is_taken_from_its_capture_and_not_made_anew()
    {
        var version = PipelineVersion.Of(new());
        var archive = Week().Add(LearnedMark.Entry(SiteMemory.Of("2026-03-16", version, []))).Add(
            LearnedMark.Entry(SiteMemory.Of("2026-03-17", "another version", []))).Save(_folder["a.warc"]);

        await ReplayRun.RunAsync(archive, Store);

        Assert.EndsWith(House, Text("Day 2"), StringComparison.Ordinal);
        Assert.DoesNotContain(House, Text("Day 3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_did_not_change_is_unchanged_whatever_its_site_taught_meanwhile()
    {
        var web = Week()
            .Feed("https://post.example/feed", 49, ("Day 1, again", "https://post.example/day-1"))
            .Article("https://post.example/day-1", 49.1, "Day 1", [.. TestWeb.Story(10), House]);

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(1, summary.Articles[Disposition.Unchanged]);
        Assert.Equal(1, ReplayRun.Record(Store, "Day 1").GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task Verify_knows_an_article_without_its_site_s_blocks_from_a_damaged_one()
    {
        await ReplayRun.RunAsync(Week().Save(_folder["a.warc"]), Store);
        Assert.Empty((await VerifyAsync()).Problems);

        var article = Directory.EnumerateFiles(Path.Combine(Store, "articles", "2026-03-16"), "*.json").Single();
        var text = JsonElement.Parse(await File.ReadAllBytesAsync(article)).GetProperty("text").GetString()!;
        await File.WriteAllTextAsync(article, (await File.ReadAllTextAsync(article)).Replace(text.Split("\n\n")[0], "Another text.", StringComparison.Ordinal));

        Assert.NotEmpty((await VerifyAsync()).Problems);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Four articles on a Saturday, one on each of some days after it; all end with the site's own block.</summary>
    private static TestWeb Week()
    {
        var web =
            new TestWeb().Feed("https://post.example/feed", 0, [.. Enumerable.Range(0, 4).Select(n => ($"Story {n}", $"https://post.example/story-{n}"))]);
        for (var n = 0; n < 4; n++)
            web.Article($"https://post.example/story-{n}", 0.1, $"Story {n}", [.. TestWeb.Story(n), House]);
        foreach (var day in new[] { 1, 2, 3, 6 })
        {
            web.Feed("https://post.example/feed", 24 * day, ($"Day {day}", $"https://post.example/day-{day}"));
            web.Article($"https://post.example/day-{day}", (24 * day) + 0.1, $"Day {day}", [.. TestWeb.Story(day * 10), House]);
        }

        return web;
    }

    private string Text(string title) => ReplayRun.Record(Store, title).GetProperty("text").GetString()!;

    private Task<VerifyReport> VerifyAsync() => new StoreVerifier(new FolderBlobStore(Store), TimeProvider.System).RunAsync(repair: false, default);
}
