using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Search;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Retention;

public sealed class StoreRetentionTests : IDisposable
{
    private const double Day = 24;
    private static readonly DateTimeOffset Now = TestWeb.Start.AddDays(20);
    private static readonly RetentionOptions Seventeen = new() { CaptureDays = 17, ArticleDays = 17, QuarantineDays = 17 };

    // Of other words than the invented stories: whether two texts tell one event is weighed by the words of all that are there.
    private static readonly string[] Council =
    [
        "Councillors in Dunmere voted on Tuesday to close the swimming pool, whose boiler failed twice this winter and whose roof leaks above the deep end.",
        "A new one would cost eleven million, the treasurer told the chamber, and neither grant nor loan is in sight before the elections of next spring.",
        "Parents who had gathered signatures left the gallery in silence; their petition, four thousand names long, was received without a debate.",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Old_articles_go_with_all_that_is_made_of_them_and_the_store_is_that_of_a_replay_of_the_rest()
    {
        var store = await ReplayedAsync("store", Web(old: true));
        var (before, cursor) = (await StoreWords.FindAsync(store, "story 1 part"), (await RecordStore.OpenAsync(store)).Cursor);

        var gone = await Run(store, Seventeen);

        Assert.NotEmpty(before);
        Assert.Equal((4, "2026-03-17"), (gone.Articles, gone.ArticlesFrom));
        Assert.Empty(await StoreWords.FindAsync(store, "story 1 part", "story 2 part", "Old wire", "old.example"));
        Assert.Empty((await new StoreVerifier(store, TimeProvider.System).RunAsync(false, default)).Problems);
        Assert.Equal(Lines(await LivePipeline.WrittenAsync(await ReplayedAsync("rest", Web(old: false)))), Lines(await LivePipeline.WrittenAsync(store)));
        var changes = await (await RecordStore.OpenAsync(store)).ChangesAsync(cursor).ToListAsync();
        Assert.Equal(4, changes.Count(c => c is { Change: "expired", IsRemoval: true }));
        // Two copies of a wire that went are grouped among themselves.
        Assert.Equal(2, changes.Count(c => c.Change == "regrouped"));
        Assert.Equal("2026-03-17", (await RetentionMark.ReadAsync(store)).CapturesFrom);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Letting_go_that_died_at_any_write_and_runs_again_ends_with_the_same_bytes(bool afterEffect)
    {
        var archive = Web(old: true).Save(_folder["a.warc.gz"]);
        var whole = await PreparedAsync(archive);
        var counting = new CrashingStore(whole, 0, false);
        await Run(counting, Seventeen);
        var expected = await ReplayRun.TreeHashAsync(whole);
        Assert.True(counting.Writes > 15);

        for (var dieAt = 1; dieAt <= counting.Writes; dieAt++)
        {
            var store = await PreparedAsync(archive);
            await Assert.ThrowsAsync<CrashingStore.CrashException>(() => Run(new CrashingStore(store, dieAt, afterEffect), Seventeen));
            await Run(store, Seventeen);

            Assert.True(expected == await ReplayRun.TreeHashAsync(store), $"died at write {dieAt}, {(afterEffect ? "after" : "before")} its effect");
        }
    }

    [Fact]
    public async Task A_dry_run_counts_the_same_and_changes_nothing()
    {
        var store = await PreparedAsync(Web(old: true).Save(_folder["a.warc.gz"]));
        var before = await ReplayRun.TreeHashAsync(store);

        var would = await new StoreRetention(store, Seventeen, new()).RunAsync(Now, dryRun: true, default);

        Assert.Equal(before, await ReplayRun.TreeHashAsync(store));
        Assert.Equal(await Run(store, Seventeen), would);
        Assert.Equal((3, 1), (would.Captures, would.Quarantined));
    }

    [Fact]
    public async Task It_runs_once_a_day_and_earlier_runs_of_the_store_are_let_go_of_too()
    {
        var store = new FolderBlobStore(_folder["store"]);
        var archive = Web(old: true).Save(_folder["a.warc.gz"]);
        await ReplayRun.RunAsync([archive], store);
        await ReplayRun.RunAsync([archive], store, new() { NewRun = true, Pipeline = new() { CopyWindowDays = 13 } });
        var retention = new StoreRetention(store, Seventeen, new());

        var first = await retention.RunDueAsync(Now, default);
        var second = await retention.RunDueAsync(Now.AddHours(5), default);

        Assert.Equal(8, first!.Articles);
        Assert.Null(second);
        Assert.Empty(await StoreWords.FindAsync(store, "story 1 part"));
        Assert.NotNull(await retention.RunDueAsync(Now.AddDays(1), default));
    }

    [Fact]
    public async Task A_search_index_that_follows_forgets_what_expired_to_the_last_byte()
    {
        var store = await ReplayedAsync("store", Web(old: true));
        using (var search = await SearchIndex.OpenAsync(store, _folder["index.db"]))
            Assert.Equal(1, search.Find("\"Old wire\"", new(), 9).Total);

        await Run(store, Seventeen);

        using (var search = await SearchIndex.OpenAsync(store, _folder["index.db"]))
            Assert.Equal((0, 2), (search.Find("\"Old wire\"", new(), 9).Total, search.Find("story", new(), 9).Total));
        Assert.DoesNotContain("Old wire", await File.ReadAllTextAsync(_folder["index.db"], System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null, null, "2 days at least")]
    [InlineData(10, 14, null, "15 days at least")]
    [InlineData(30, 20, null, "Keep captures 20 days or less")]
    [InlineData(null, 20, null, "Keep captures 20 days or less")]
    [InlineData(null, null, 0, "1 day at least")]
    [InlineData(30, 365, 90, null)]
    [InlineData(30, null, null, null)]
    public void Days_that_would_lose_or_bring_back_work_are_refused(int? captures, int? articles, int? quarantine, string? problem)
    {
        var said = new RetentionOptions { CaptureDays = captures, ArticleDays = articles, QuarantineDays = quarantine }.Problem(14);

        if (problem is null)
            Assert.Null(said);
        else
            Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<RetentionResult> Run(IBlobStore store, RetentionOptions options) =>
        new StoreRetention(store, options, new()).RunAsync(Now, dryRun: false, default);

    // A wire of the first day with a copy on the third and two on the fifth; another article of the first day; two that stay for themselves.
    private static TestWeb Web(bool old)
    {
        var web = new TestWeb();
        if (old)
        {
            web.Feed(
                "https://old.example/feed", 0, ("Old wire", "https://old.example/1"), ("Old two", "https://old.example/2"),
                ("Old three", "https://old.example/3"))
                .Article("https://old.example/1", 0.1, "Old wire", TestWeb.Story(1))
                    .Article("https://old.example/2", 0.1, "Old two", TestWeb.Story(2))
                    .Article("https://old.example/3", 0.1, "Old three", TestWeb.Story(2))
                .Feed(
                    "https://mid.example/feed", 2 * Day,
                    ("Middle", "https://mid.example/1")).Article("https://mid.example/1", 2.1 * Day, "Middle", [.. TestWeb.Story(1), "A copy."]);
        }

        return web.Feed("https://a.example/feed", 4 * Day, ("First", "https://a.example/1"), ("Alone", "https://a.example/2"))
            .Article(
                "https://a.example/1", 4.1 * Day, "First", [.. TestWeb.Story(1).Select(Renamed)]).Article("https://a.example/2", 4.1 * Day, "Alone", Council)
            .Feed(
                "https://b.example/feed", 5 * Day,
                ("Second", "https://b.example/1")).Article("https://b.example/1", 5.1 * Day, "Second", [.. TestWeb.Story(1).Select(Renamed)]);
    }

    // Copies of the wire that do not say the words that are looked for.
    private static string Renamed(string paragraph) => paragraph.Replace("story 1 part", "story one, part", StringComparison.Ordinal);

    private static string Lines(SortedDictionary<string, string> written) => string.Join('\n', written.Select(w => w.Key + " " + w.Value));

    private async Task<FolderBlobStore> ReplayedAsync(string name, TestWeb web)
    {
        var store = new FolderBlobStore(_folder[name]);
        await ReplayRun.RunAsync([web.Save(_folder[name + ".warc.gz"])], store);
        return store;
    }

    // As a live pipeline leaves it: captures, ledgers and quarantine of several days beside the articles.
    private static async Task<InMemoryBlobStore> PreparedAsync(string archive)
    {
        var store = new InMemoryBlobStore();
        await ReplayRun.RunAsync([archive], store);
        foreach (var day in new[] { "2026-03-14", "2026-03-15", "2026-03-16", "2026-03-17", "2026-03-20" })
            await store.CreateAsync($"{StoreNames.Captures}{day}/1200000000000-0123456789abcdef.warc.gz", "x"u8.ToArray());
        await QuarantineFiles.WriteAsync(store, "articles", "{}", "old", TestWeb.Start, [], default);
        await QuarantineFiles.WriteAsync(store, "articles", "{ }", "new", Now, [], default);
        await foreach (var item in store.ListAsync(StoreNames.Articles))
        {
            var article = StoredArticle.Decided((await store.ReadAsync(item.Name))!.Content.Span);
            var state = new ArticleState { Id = article.Document.Id, Requests = 1 }.With(new ArticleRevision(1, article.Captured!.Value, article.ContentHash));
            await new ArticleStates(store).SaveAsync(state, null, default);
        }

        return store;
    }
}
