using System.Text;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Verification;

/// <summary>A replayed store is damaged in one way at a time; what is said, and what a repair leaves, is looked at.</summary>
public sealed class StoreVerifierTests
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_store_that_was_replayed_into_is_sound()
    {
        var report = await VerifyAsync(await StoreAsync());

        Assert.Empty(report.Problems);
        Assert.True(report.Articles > 5 && report.Records == report.Articles);
    }

    [Theory]
    [InlineData("records/", false)]
    [InlineData("records/", true)]
    [InlineData("rollups/2026", false)]
    [InlineData("rollups/2026", true)]
    [InlineData("changes/", false)]
    public async Task What_can_be_derived_again_is_said_and_mended(string prefix, bool damage)
    {
        var store = await StoreAsync();
        var whole = await ReplayRun.TreeHashAsync(store);
        var name = (await store.ListAsync(prefix).FirstAsync()).Name;
        if (damage)
            await OverwriteAsync(store, name, bytes => [.. bytes[..^9], .. "tampered!"u8]);
        else
            await store.DeleteAsync(name);

        var told = await VerifyAsync(store);
        Assert.Contains(told.Problems, p => p.Name == name && p.State == ProblemState.Repairable);
        Assert.False(told.IsSound);
        Assert.NotEqual(whole, await ReplayRun.TreeHashAsync(store));

        Assert.True((await VerifyAsync(store, repair: true)).IsSound);
        Assert.Empty((await VerifyAsync(store)).Problems);
        Assert.Equal(whole, await ReplayRun.TreeHashAsync(store));
    }

    [Theory]
    [InlineData("articles/", false, StoreInvariant.Complete)]
    [InlineData("articles/", true, StoreInvariant.Complete)]
    [InlineData("decisions/", false, StoreInvariant.Complete)]
    [InlineData("decisions/", true, StoreInvariant.Complete)]
    [InlineData("index/manifest.json", true, StoreInvariant.Complete)]
    public async Task What_cannot_be_derived_again_is_said_with_what_to_do_and_never_touched(string prefix, bool damage, StoreInvariant invariant)
    {
        var store = await StoreAsync();
        var name = (await store.ListAsync(prefix).FirstAsync()).Name;
        if (damage)
            await OverwriteAsync(store, name, bytes => [.. bytes[..(bytes.Length / 2)]]);
        else
            await store.DeleteAsync(name);

        var report = await VerifyAsync(store, repair: true);

        var problem = Assert.Single(report.Problems, p => p.Name == name);
        Assert.Equal((invariant, ProblemState.ByHand), (problem.Invariant, problem.State));
        Assert.Contains("replay", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bit_flipped_in_an_article_is_noticed()
    {
        var store = await StoreAsync();
        var name = (await store.ListAsync("articles/").FirstAsync()).Name;
        await OverwriteAsync(
            store, name, bytes => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"text\":\"", "\"text\":\"\u00e4", StringComparison.Ordinal)));

        Assert.Contains((await VerifyAsync(store)).Problems, p => p.Name == name);
    }

    [Fact]
    public async Task A_record_that_no_decision_names_is_taken_away_by_a_repair_only()
    {
        var store = await StoreAsync();
        await store.CreateAsync("records/2026-03-14/00000000000000000000000000000000.json", "{}"u8.ToArray());

        Assert.Contains((await VerifyAsync(store)).Problems, p => p.What == "no decision names this record" && p.State == ProblemState.Repairable);
        Assert.True((await VerifyAsync(store, repair: true)).IsSound);
        Assert.Empty((await VerifyAsync(store)).Problems);
    }

    [Fact]
    public async Task Pending_work_that_nothing_lists_is_listed_again()
    {
        var store = await StoreAsync();
        const string Id = "00aa00aa00aa00aa00aa00aa00aa00aa";
        var state = new ArticleState { Id = Id }.With(
            RequestKind.Feed, "h", new(new("https://a.example/1"), ArticleUrl.TryCreate("https://a.example/1"), Noon)).Listed(Noon, TimeSpan.Zero);
        await new ArticleStates(store).SaveAsync(state, null, default);

        Assert.Contains((await VerifyAsync(store)).Problems, p => p.Invariant == StoreInvariant.Accounted && p.Name == StoreNames.ArticleState(Id));
        await VerifyAsync(store, repair: true);

        Assert.Single(await store.ListAsync(StoreNames.Pending).ToListAsync());
        Assert.DoesNotContain((await VerifyAsync(store)).Problems, p => p.Name == StoreNames.ArticleState(Id));
    }

    [Fact]
    public async Task A_page_that_is_to_be_looked_at_again_and_that_nothing_lists_is_listed_again()
    {
        var store = await StoreAsync();
        const string Id = "00bb00bb00bb00bb00bb00bb00bb00bb";
        await new ArticleStates(store).SaveAsync(new ArticleState { Id = Id, RecheckMarker = DueMarkers.Key(Noon, Id, 1) }, null, default);

        Assert.Contains((await VerifyAsync(store)).Problems, p => p.Invariant == StoreInvariant.Accounted && p.Name == StoreNames.ArticleState(Id));
        await VerifyAsync(store, repair: true);

        Assert.Single(await store.ListAsync(StoreNames.Rechecks).ToListAsync());
        Assert.Empty((await VerifyAsync(store)).Problems);
    }

    [Fact]
    public async Task An_article_that_was_written_and_forgotten_goes_into_the_inbox_again()
    {
        var store = await StoreAsync();
        const string Id = "00bb";
        await store.CreateAsync(StoreNames.Article("2026-03-14", Id, 1), "{}"u8.ToArray());
        await new ArticleStates(store).SaveAsync(new ArticleState { Id = Id, Requests = 1 }.With(new ArticleRevision(1, Noon, "h")), null, default);
        await store.CreateAsync(StoreNames.Ledger, LiveLedger.Empty.Count([new(Id, 1, Noon, Disposition.Written, "2026-03-14", 1)]).ToJson());

        Assert.Single((await VerifyAsync(store)).Problems);
        Assert.True((await VerifyAsync(store, repair: true)).IsSound);
        Assert.Empty((await VerifyAsync(store)).Problems);
    }

    [Fact]
    public async Task Requests_that_are_neither_ended_nor_pending_are_counted_and_said()
    {
        var store = await StoreAsync();
        await new ArticleStates(store).SaveAsync(new ArticleState { Id = "00cc", Requests = 3 }, null, default);

        var problem = Assert.Single((await VerifyAsync(store)).Problems);

        Assert.Contains("3 are unaccounted for", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_state_that_ran_ahead_of_its_entries_is_forgotten()
    {
        var store = await StoreAsync();
        var feed = FeedState.Of(new FeedSettings { Url = new("https://a.example/feed") }) with { BodyHash = "abc", ETag = "\"1\"" };
        await new FeedStates(store).SaveAsync(feed, null, default);

        Assert.Equal(StoreInvariant.FeedsBehind, Assert.Single((await VerifyAsync(store)).Problems).Invariant);
        Assert.True((await VerifyAsync(store, repair: true)).IsSound);
        Assert.Empty(await store.ListAsync("state/feeds/").ToListAsync());
    }

    [Fact]
    public async Task A_folder_that_is_no_store_is_refused_in_a_line()
    {
        var problem = await Assert.ThrowsAsync<StorageException>(() => VerifyAsync(new InMemoryBlobStore()));

        Assert.Contains("store.json", problem.Message, StringComparison.Ordinal);
    }

    private static async Task<InMemoryBlobStore> StoreAsync()
    {
        var store = new InMemoryBlobStore();
        await ReplayRun.RunAsync([Samples], store);
        return store;
    }

    private static Task<VerifyReport> VerifyAsync(IBlobStore store, bool repair = false) =>
        new StoreVerifier(store, TimeProvider.System).RunAsync(repair, default);

    private static async Task OverwriteAsync(IBlobStore store, string name, Func<byte[], byte[]> change)
    {
        var blob = (await store.ReadAsync(name))!;
        Assert.True((await store.ReplaceAsync(name, change(blob.Content.ToArray()), blob.ETag)).Written);
    }
}
