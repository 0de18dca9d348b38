using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>An archive of a page that the store knows already: what is older than its text, between its texts, or newer.</summary>
public sealed class SecondArchiveTests : IDisposable
{
    private const string Url = "https://post.example/a";

    private readonly TemporaryFolder _folder = new();

    private string Store => _folder["out"];

    [Fact]
    public async Task Older_texts_that_come_late_bring_nothing_and_are_counted_with_the_reason()
    {
        await ReplayAsync("noon", 0);
        var before = await WrittenAsync();

        var summary = await ReplayAsync("all", -20, -2, 0);

        Assert.Equal(2, summary.Articles[Disposition.Unchanged]);
        Assert.Equal(2, Assert.Single(summary.Reasons, r => r.Disposition == Disposition.Unchanged).Count);
        Assert.True(summary.AddsUp);
        Assert.Equal(before, await WrittenAsync());
        Assert.Equal(0, summary.Changes);
    }

    [Fact]
    public async Task A_text_older_than_an_article_that_was_revised_brings_nothing()
    {
        await ReplayAsync("two", 0, 2);
        var before = await WrittenAsync();

        await ReplayAsync("all", -20, 0, 2);

        Assert.Equal(before, await WrittenAsync());
    }

    [Fact]
    public async Task Texts_between_those_of_a_store_take_no_newer_ones_place()
    {
        await ReplayAsync("two", 0, 6);

        await ReplayAsync("all", 0, 1, 2, 3, 6);

        Assert.Equal("Hour 6", Title());
        Assert.Equal([], await ProblemsAsync());
    }

    [Fact]
    public async Task A_newer_text_in_an_archive_of_its_own_keeps_the_article_s_day()
    {
        await ReplayAsync("two", 0, 2);

        await ReplayAsync("newer", 30);

        Assert.Equal("Hour 30", Title());
        Assert.Equal("2026-03-14T12:00:00Z", Assert.Single(ReplayRun.Records(Store)).GetProperty("firstSeen").GetString());
        Assert.Equal([], await ProblemsAsync());
    }

    [Fact]
    public async Task The_last_text_of_several_in_an_archive_of_its_own_changes_nothing()
    {
        await ReplayAsync("two", 0, 2);
        var before = await ReplayRun.TreeHashAsync(Store);

        await ReplayAsync("last", 2);

        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));
    }

    [Fact]
    public async Task Two_texts_captured_at_one_second_are_the_same_revisions_in_a_second_run()
    {
        var web = new TestWeb()
            .Article(Url, 0, "First", TestWeb.Story(1))
            .Article(Url.Replace("https", "http", StringComparison.Ordinal), 0, "Second", TestWeb.Story(2))
            .Save(_folder["one.warc"]);
        await ReplayRun.SummaryAsync(web, Store);
        var before = await ReplayRun.TreeHashAsync(Store);

        var summary = await ReplayRun.SummaryAsync(web, Store);

        Assert.Equal(0, summary.Changes);
        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));
    }

    [Fact]
    public async Task Undated_texts_of_one_archive_after_the_other_are_revisions_in_the_order_of_the_archives()
    {
        foreach (var n in (int[])[1, 2, 3])
            await ReplayRun.SummaryAsync(Undated($"undated{n}", n), Store);
        Assert.Equal("Text 3", Title());
        var before = await ReplayRun.TreeHashAsync(Store);

        await ReplayRun.SummaryAsync(Undated("undated3", 3), Store);

        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));
    }

    public void Dispose() => _folder.Dispose();

    private Task<ReplaySummary> ReplayAsync(string name, params int[] hours)
    {
        var web = new TestWeb();
        foreach (var hour in hours)
            web.Article(Url, hour, $"Hour {hour}", TestWeb.Story(hour + 100));
        return ReplayRun.SummaryAsync(web.Save(_folder[name + ".warc"]), Store);
    }

    private string Undated(string name, int number)
    {
        var folder = Directory.CreateDirectory(_folder[name]).FullName;
        File.WriteAllText(Path.Combine(folder, "page.html"), TestWeb.ArticleHtml($"Text {number}", TestWeb.Story(number)));
        File.WriteAllText(Path.Combine(folder, "captures.jsonl"), $$"""{"file":"page.html","url":"{{Url}}"}""" + "\n");
        return folder;
    }

    // All but what sites have taught by each day: the older text's day has such a file now.
    private async Task<IReadOnlyList<(string, string)>> WrittenAsync()
    {
        var store = new FolderBlobStore(Store);
        var written = new List<(string, string)>();
        await foreach (var blob in store.ListAsync(""))
        {
            if (!blob.Name.StartsWith("learned/", StringComparison.Ordinal))
                written.Add((blob.Name, ContentTag.Of((await store.ReadAsync(blob.Name))!.Content.Span)));
        }

        return written;
    }

    private string? Title() => Assert.Single(ReplayRun.Records(Store)).GetProperty("title").GetProperty("value").GetString();

    private async Task<IEnumerable<string>> ProblemsAsync() =>
        (await new StoreVerifier(new FolderBlobStore(Store), TimeProvider.System).RunAsync(repair: false, CancellationToken.None)).Problems.Select(p => p.What);
}
