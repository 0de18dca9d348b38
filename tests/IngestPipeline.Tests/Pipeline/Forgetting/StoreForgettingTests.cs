using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Upgrading;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Pipeline.Upgrading;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Forgetting;

public sealed class StoreForgettingTests() : LiveFixture("queues")
{
    [Fact]
    public async Task A_forgotten_article_leaves_no_word_anywhere_and_never_comes_back()
    {
        var day = ForgetScene.News(Site, Time);
        await using var live = await ForgetScene.OpenAsync(new FolderBlobStore(Folder["store"]), Queues, Site, Time);
        await ForgetScene.PlayAsync(live, day);
        await live.Get<PublishReport>().RunAsync(default);
        var store = live.Store;
        Assert.All(ForgetScene.Words, w => Assert.NotEmpty(StoreWords.FindAsync(store, w).Result));
        var copies = Canonical(store);
        var cursor = (await RecordStore.OpenAsync(store)).Cursor;
        var dry = await ForgettingOf(store).PlanAsync(Secret(), default);

        var done = await ForgettingOf(store).RunAsync(Secret(), default);
        await ForgettingOf(store).RunAsync(ForgetTarget.OfArticle(await ForgetScene.CarriedIdAsync(store)), default);

        Assert.Empty(await StoreWords.FindAsync(store, ForgetScene.Words));
        Assert.Equal((2, 1, 1), (done.Texts, done.Requests, done.Quarantined));
        Assert.True(done.Regrouped >= 2 && done.Entries > 2 && done.Captures > 5);
        Assert.Equal((done.Texts, done.Captures, done.Entries, done.Regrouped), (dry.Texts, dry.Captures, dry.Entries, dry.Regrouped));
        // The copies have one canonical article, and an alias leads from the old one.
        Assert.Equal(3, copies.Count(c => c.Value == Id("/zq-secret")));
        var now = Canonical(store);
        Assert.Equal(now[Id("/b/1")], now[Id("/b/2")]);
        Assert.Contains(now[Id("/b/1")], new[] { Id("/b/1"), Id("/b/2") });
        var forgotten = await (await RecordStore.OpenAsync(store)).ChangesAsync(cursor).Where(c => c.Change == "forgotten").Select(c => c.Id).ToListAsync();
        Assert.Contains(Id("/zq-secret"), forgotten);

        // The feeds go on listing it.
        day.Entry("/a.xml", 3.5, "Quillzephyr returns", "/zq-moved", "<p>Vexmarrow, too.</p>")
            .Entry("/a.xml", 3.6, "Story 9", "/a/9")
            .Page("/a/9", (0, "Story 9", TestWeb.Story(9)));
        var before = Site.Paths.Count();
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(15));
        await live.Get<PublishReport>().RunAsync(default);

        Assert.Empty(await StoreWords.FindAsync(store, ForgetScene.Words));
        Assert.DoesNotContain(Site.Paths.Skip(before), p => p.StartsWith("/zq", StringComparison.Ordinal));
        Assert.Contains(Site.Paths.Skip(before), p => p == "/a/9");
        Assert.True(await EntriesAsync(store, EntryDisposition.Forgotten) > 0);
        var figures = await live.FiguresAsync();
        Assert.Equal((0, 1), (figures.Pending + figures.Inbox, figures.Total[Disposition.Forgotten]));
        var report = await new StoreVerifier(store, Time).RunAsync(false, default);
        Assert.Empty(report.Problems);
        Assert.Equal(report.Requests, figures.Total.Values.Sum());
        // A replay of what is left gives the same, and one into this store brings nothing back.
        var again = new FolderBlobStore(Folder["again"]);
        await live.ReplayAsync(again, Folder["tmp"]);
        Assert.Equal((await LivePipeline.WrittenAsync(again)).Keys, (await LivePipeline.WrittenAsync(store)).Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Forgetting_that_died_at_any_write_is_gone_on_with_and_ends_the_same(bool afterEffect)
    {
        var whole = new InMemoryBlobStore();
        await using var live = await ForgetScene.OpenAsync(whole, Queues, Site, Time);
        await ForgetScene.PlayAsync(live, ForgetScene.News(Site, Time));
        var blobs = await BlobsAsync(whole);
        var counting = new CrashingStore(whole, 0, false);
        await ForgettingOf(counting).RunAsync(Secret(), default);
        var expected = await HashAsync(whole);
        Assert.True(counting.Writes > 25);

        for (var dieAt = 1; dieAt <= counting.Writes; dieAt++)
        {
            var store = new InMemoryBlobStore();
            await store.WriteBatchAsync(blobs);
            await Assert.ThrowsAsync<CrashingStore.CrashException>(
                () => ForgettingOf(new CrashingStore(store, dieAt, afterEffect)).RunAsync(Secret(), default));
            var isBegun = await store.ListAsync(StoreNames.ForgetIntents).AnyAsync();
            Assert.Equal(
                isBegun,
                (await new StoreVerifier(store, Time).RunAsync(false, default)).Problems.Any(p => p.What.Contains("is not done", StringComparison.Ordinal)));

            // What was begun says itself what it is about.
            await ForgettingOf(store).RunAsync(isBegun ? null : Secret(), default);

            Assert.DoesNotContain(await StoreWords.FindAsync(store, ForgetScene.Words), w => !w.StartsWith("Tanglewisp", StringComparison.Ordinal));
            Assert.Empty((await new StoreVerifier(store, Time).RunAsync(false, default)).Problems);
            Assert.True(expected == await HashAsync(store), $"died at write {dieAt}, {(afterEffect ? "after" : "before")} its effect");
        }
    }

    [Fact]
    public async Task Runs_beside_the_current_one_are_cleaned_and_an_upgrade_half_done_begins_anew()
    {
        var web = new TestWeb().Feed("https://s.example/feed", 0, ("Quillzephyr lands", "https://s.example/zq-secret"), ("Other", "https://s.example/2"))
            .Article(
                "https://s.example/zq-secret", 0.1, "Quillzephyr lands",
                [.. TestWeb.Story(1), "Ombrelune."]).Article("https://s.example/2", 0.1, "Other", TestWeb.Story(2));
        var store = new InMemoryBlobStore();
        var archive = web.Save(Folder["a.warc.gz"]);
        await ReplayRun.RunAsync([archive], store);
        await ReplayRun.RunAsync([archive], store, new() { NewRun = true, Pipeline = new() { CopyWindowDays = 13 } });
        await OldStore.MakeFirstCurrentAsync(store);
        await Assert.ThrowsAsync<CrashingStore.CrashException>(() => new StoreUpgrade(new CrashingStore(store, 4, true), Time).RunAsync(false, null, default));
        await store.WriteBatchAsync([new("archive/2025/crawl.warc.gz", await File.ReadAllBytesAsync(archive))]);

        await ForgettingOf(store).RunAsync(ForgetTarget.OfArticle("http://s.example/zq-secret?utm_source=x"), default);

        Assert.Empty(await StoreWords.FindAsync(store, "Quillzephyr", "Ombrelune", "zq-secret"));
        Assert.NotEmpty(await StoreWords.FindAsync(store, "story 2 part"));
        await new StoreUpgrade(store, Time).RunAsync(false, null, default);
        Assert.Empty((await new StoreVerifier(store, Time).RunAsync(false, default)).Problems);
        // An archive from elsewhere that has it brings it back nowhere.
        var elsewhere = web.Save(Folder["b.warc.gz"]);
        foreach (var articles in new[] { ArticleChoice.Linked, ArticleChoice.All })
        {
            var replay =
                (await ReplayRun.RunAsync([elsewhere], store, new() { NewRun = true, Articles = articles, Pipeline = new() { CopyWindowDays = 13 } })).Summary!;
            Assert.True(replay.AddsUp);
            Assert.Equal(1, articles == ArticleChoice.Linked ? replay.Entries[EntryDisposition.Forgotten] : replay.Articles[Disposition.Forgotten]);
        }

        Assert.Empty(await StoreWords.FindAsync(store, "Quillzephyr", "Ombrelune", "zq-secret"));
    }

    [Fact]
    public async Task An_outlet_is_forgotten_by_its_name_or_its_site()
    {
        foreach (var name in new[] { "The Post", "S.example" })
        {
            var store = new InMemoryBlobStore();
            var web = new TestWeb()
                .Feed("https://s.example/feed", 0, ("One", "https://www.s.example/1"), ("Two", "https://s.example/2"))
                .Article("https://www.s.example/1", 0.1, "One", TestWeb.Story(1))
                .Article("https://s.example/2", 0.1, "Two", TestWeb.Story(2));
            await ReplayRun.RunAsync([web.Save(Folder[name + ".warc.gz"])], store);

            var done = await ForgettingOf(store).RunAsync(ForgetTarget.OfOutlet(name), default);

            Assert.Equal(2, done.Articles.Count);
            Assert.Empty(await StoreWords.FindAsync(store, "story 1 part", "story 2 part", "s.example"));
            Assert.Empty((await new StoreVerifier(store, Time).RunAsync(false, default)).Problems);
        }
    }

    [Fact]
    public async Task A_receipt_says_what_was_done_and_verify_says_what_came_back()
    {
        var store = new InMemoryBlobStore();
        await ReplayRun.RunAsync([Path.Combine(RepositoryRoot.Path, "samples")], store);
        var article = await store.ListAsync(StoreNames.Articles).FirstAsync();
        var content = (await store.ReadAsync(article.Name))!.Content.ToArray();
        var id = StoreNames.ArticleIdOf(article.Name);

        var done = await ForgettingOf(store).RunAsync(ForgetTarget.OfArticle(id), default);

        var receipt = JsonElement.Parse((await store.ReadAsync(done.Receipt!))!.Content.Span);
        Assert.Equal((id, 1), (receipt.GetProperty("articles")[0].GetString(), receipt.GetProperty("texts").GetInt32()));
        await store.CreateAsync(article.Name, content);
        var problem = Assert.Single((await new StoreVerifier(store, Time).RunAsync(false, default)).Problems);
        Assert.Equal((StoreInvariant.Forgotten, article.Name), (problem.Invariant, problem.Name));
        Assert.Contains("ingest forget STORE " + id, problem.Remedy, StringComparison.Ordinal);
    }

    private StoreForgetting ForgettingOf(IBlobStore store) => new(store, Time);

    private string Id(string path) => ArticleUrl.TryCreate(Site.Url(path))!.Id;

    private ForgetTarget Secret() => ForgetTarget.OfArticle(Site.Url("/zq-secret").AbsoluteUri)!;

    private static Dictionary<string, string> Canonical(IBlobStore store) => ReplayRun.Records(store.Location)
        .ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("copy").GetProperty("canonicalId").GetString()!);

    private static async Task<long> EntriesAsync(IBlobStore store, EntryDisposition disposition)
    {
        var count = 0L;
        await foreach (var item in store.ListAsync("state/feeds/"))
        {
            if (item.Name.EndsWith(".entries.json", StringComparison.Ordinal))
                count += FeedEntries.Read((await store.ReadAsync(item.Name))!.Content.Span).Counts.GetValueOrDefault(disposition);
        }

        return count;
    }

    private static async Task<List<BlobWrite>> BlobsAsync(IBlobStore store)
    {
        var blobs = new List<BlobWrite>();
        await foreach (var item in store.ListAsync(""))
            blobs.Add(new(item.Name, (await store.ReadAsync(item.Name))!.Content));
        return blobs;
    }

    // All but the receipt, which says what the last attempt found.
    private static async Task<string> HashAsync(IBlobStore store)
    {
        var copy = new InMemoryBlobStore();
        await copy.WriteBatchAsync([.. (await BlobsAsync(store)).Where(b => !b.Name.StartsWith(StoreNames.ForgetReceipts, StringComparison.Ordinal))]);
        return await ReplayRun.TreeHashAsync(copy);
    }
}
