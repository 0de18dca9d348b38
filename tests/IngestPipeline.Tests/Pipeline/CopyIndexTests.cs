using System.Text;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Deduplication;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>The copy index in the store: whoever begins from it goes on exactly as whoever wrote it, and it is made anew when it cannot be read.</summary>
public sealed class CopyIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    // What leaves makes others stale, whose telling words stand in the index as they were, and lets copies lead that are met only by who is not at hand.
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(113)]
    public async Task Writer_that_begins_anew_from_the_index_writes_the_same_bytes_as_one_that_lived_on(int seed)
    {
        var (lived, begun) = (new InMemoryBlobStore(), new InMemoryBlobStore());
        using var living = new IndexHistory(lived);
        using var beginning = new IndexHistory(begun, lazily: true);
        await living.OpenAsync();
        var random = new Random(seed);
        var reads = 0L;
        foreach (var (articles, number) in IndexHistory.Publications(seed, 40).Select((a, i) => (a, i)))
        {
            if (number == 0 || random.Next(3) == 0)
                await beginning.OpenAsync();
            await living.PublishAsync(articles);
            await beginning.PublishAsync(articles);
            Assert.Null(beginning.Stage!.Rebuilt);
            reads += beginning.Cards.RangeReads;
            await SameAsync(lived, begun, number);
        }

        Assert.True(reads > 0);
    }

    [Fact]
    public async Task Segments_that_have_left_the_window_are_dropped_and_what_is_named_is_all_there_is()
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(5, 60, undated: false))
            await history.PublishAsync(articles);

        var manifest = await history.ManifestAsync();
        var index = manifest.Index!;
        Assert.All(index.Segments, s => Assert.True(s.Newest >= index.From));
        Assert.True(index.Segments.Count < manifest.Segments.Count);
        var there = await store.ListAsync(StoreNames.Index).Select(i => i.Name).ToListAsync();
        Assert.Equal(
            manifest.Names.Where(n => n.StartsWith(StoreNames.Index, StringComparison.Ordinal))
                .Concat(manifest.Retired.Where(r => r.StartsWith(StoreNames.Index, StringComparison.Ordinal)))
                .Append(StoreNames.DecisionManifest)
                .Order(StringComparer.Ordinal),
            there);
    }

    [Theory]
    [InlineData("missing", "missing or damaged", false)]
    [InlineData("damaged", "missing or damaged", true)]
    [InlineData("format", "of the format copy-index/0", true)]
    public async Task Index_that_cannot_be_read_is_made_anew_and_decides_as_when_there_is_none(string what, string said, bool lazily)
    {
        var publications = IndexHistory.Publications(6, 25);
        var (none, broken) = (new InMemoryBlobStore(), new InMemoryBlobStore());
        using var one = new IndexHistory(none);
        using var other = new IndexHistory(broken, lazily);
        await one.OpenAsync();
        await other.OpenAsync();
        foreach (var (articles, number) in publications.Select((a, i) => (a, i)))
        {
            if (number == 20)
            {
                await BreakAsync(none, "none");
                await BreakAsync(broken, what);
                await one.OpenAsync();
                await other.OpenAsync();
            }

            await one.PublishAsync(articles);
            await other.PublishAsync(articles);
            if (number == 20)
                Assert.Contains(said, other.Stage!.Rebuilt, StringComparison.Ordinal);
        }

        foreach (var prefix in new[] { StoreNames.DecisionSegments, StoreNames.AllRecords, StoreNames.ChangeSegments })
            Assert.Equal(await TreeAsync(none, prefix), await TreeAsync(broken, prefix));
        Assert.Equal((await one.ManifestAsync()).Index!.Names, (await other.ManifestAsync()).Index!.Names);
    }

    [Fact]
    public async Task Bytes_of_an_index_are_pinned_to_its_format()
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(9, 6))
            await history.PublishAsync(articles);

        // Names hold the hashes of what they name. When this differs, words, anchors or keys mean something else than in an index that a store has:
        // give IndexFormat.Version another number, so that such an index is made anew, and pin the new hash here.
        var names = string.Join('\n', (await history.ManifestAsync()).Index!.Names);
        Assert.Equal(("copy-index/3", "7b4d53ccdb9b3830"), (IndexFormat.Version, ContentTag.Of(Encoding.UTF8.GetBytes(names))[..16]));
    }

    [Theory]
    [InlineData(".index", true)]
    [InlineData(".index", false)]
    [InlineData(".cards", true)]
    [InlineData(".cards", false)]
    public async Task Verify_says_what_is_wrong_with_an_index_and_a_repair_lets_go_of_it(string ending, bool damage)
    {
        var store = new InMemoryBlobStore();
        await store.CreateAsync(StoreNames.Header, new StoreHeader("1-test", "", []).ToJson());
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(10, 12))
            await history.PublishAsync(articles);
        Assert.Empty(await ProblemsAsync(store, repair: false));
        var name = (await history.ManifestAsync()).Index!.Names.First(n => n.EndsWith(ending, StringComparison.Ordinal));
        if (damage)
            await store.WriteBatchAsync([new(name, (await store.ReadAsync(name))!.Content.ToArray().Select(b => (byte)(b ^ 1)).ToArray())]);
        else
            await store.DeleteAsync(name);

        Assert.Contains("copy index", Assert.Single(await ProblemsAsync(store, repair: false)), StringComparison.Ordinal);
        Assert.Single(await ProblemsAsync(store, repair: true));

        Assert.Empty(await ProblemsAsync(store, repair: false));
        Assert.Null((await history.ManifestAsync()).Index);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decisions_are_found_by_their_places_and_without_these_all_the_same(bool damage)
    {
        var store = new InMemoryBlobStore();
        await store.CreateAsync(StoreNames.Header, new StoreHeader("1-test", "", []).ToJson());
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(11, 14))
            await history.PublishAsync(articles);
        using var whole = new DecisionBook();
        foreach (var segment in (await history.ManifestAsync()).Segments)
        {
            foreach (var decision in DecisionLines.Read((await store.ReadAsync(segment.Name))!.Content))
                whole.Put(decision);
        }

        var places = (await history.ManifestAsync()).Segments[0].Places!;
        if (damage)
            await store.WriteBatchAsync([new(places, new byte[64])]);
        using var lazy = new DecisionBook();
        var directory = await DecisionDirectory.OpenAsync(store, (await history.ManifestAsync()).Segments, CancellationToken.None);
        lazy.Attach(directory);

        foreach (var decision in whole.Decisions())
        {
            Assert.Equal(whole.Members(decision.Id), lazy.Members(decision.Id));
            Assert.Equal(decision, lazy.Find(decision.Id));
        }

        Assert.Equal(whole.Decisions().Count(), directory.RangeReads);
        Assert.Null(lazy.Find(new('f', 32)));
        Assert.Equal(whole.Window(Texts.Noon, Texts.Noon.AddDays(3)), lazy.Window(Texts.Noon, Texts.Noon.AddDays(3)));
        Assert.Equal(damage ? [places + ": where the decisions of a segment stand is missing or damaged"] : [], await ProblemsAsync(store, repair: true));
        Assert.Empty(await ProblemsAsync(store, repair: false));
    }

    [Fact]
    public async Task Card_that_is_damaged_drops_the_index_and_the_next_run_makes_it_anew()
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        var publications = IndexHistory.Publications(7, 30);
        await history.OpenAsync();
        foreach (var articles in publications.SkipLast(1))
            await history.PublishAsync(articles);
        foreach (var card in (await history.ManifestAsync()).Index!.Segments.SelectMany(s => s.Cards))
            await store.WriteBatchAsync([new(card.Name, new byte[card.Length])]);

        await history.OpenAsync();
        // A text that is there already: its family is looked at, and so its cards.
        var again = publications[^2][0] with { Id = new('e', 32) };
        var refusal = await Assert.ThrowsAsync<StorageException>(() => history.PublishAsync([again]));

        Assert.Contains("run again", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await history.ManifestAsync()).Index);
        await history.OpenAsync();
        await history.PublishAsync([again]);
        Assert.Equal("the store has none", history.Stage!.Rebuilt);
        Assert.NotNull((await history.ManifestAsync()).Index);
    }

    [Fact]
    public async Task Writer_that_keeps_no_index_leaves_none_that_is_out_of_date()
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(8, 10))
            await history.PublishAsync(articles);
        using var book = new DecisionBook();
        var stage = new DecisionStage(store, book, new(), IndexHistory.WindowDays);
        await stage.OpenAsync(CancellationToken.None);

        await stage.RemoveAsync("2025-03-12", [Removal(book)], CancellationToken.None);

        Assert.Null((await history.ManifestAsync()).Index);
        Assert.All(
            await store.ListAsync(StoreNames.Index).Select(i => i.Name).ToListAsync(),
            n => Assert.True(n == StoreNames.DecisionManifest || n.EndsWith(".lines", StringComparison.Ordinal)));
    }

    private static async Task<List<string>> ProblemsAsync(InMemoryBlobStore store, bool repair)
    {
        var report = await new StoreVerifier(store, TimeProvider.System).RunAsync(repair, CancellationToken.None);
        // Articles of a test have no ledger.
        return [.. report.Problems.Where(p => p.Invariant == StoreInvariant.Derived).Select(p => $"{p.Name}: {p.What}")];
    }

    private static PublishedDecision Removal(DecisionBook book)
    {
        var last = book.Decisions().Last();
        return last with { Revision = last.Revision + 1, Cause = PublishedDecision.Forgotten };
    }

    private static async Task BreakAsync(InMemoryBlobStore store, string what)
    {
        var stored = (await store.ReadAsync(StoreNames.DecisionManifest))!;
        var manifest = DecisionManifest.Read(stored.Content.Span);
        var first = manifest.Index!.Segments[0];
        if (what == "missing")
            await store.DeleteAsync(first.Name);
        else if (what == "damaged")
            await store.WriteBatchAsync([new(first.Name, new byte[100])]);
        else
            await store.ReplaceAsync(
                StoreNames.DecisionManifest, (manifest with { Index = what == "none" ? null : manifest.Index with { Format = "copy-index/0" } }).ToJson(),
                stored.ETag);
    }

    private static async Task SameAsync(InMemoryBlobStore lived, InMemoryBlobStore begun, int publication)
    {
        var (tree, other) = (await TreeAsync(lived, ""), await TreeAsync(begun, ""));
        Assert.True(
            tree.SequenceEqual(other),
            $"publication {publication}: {string.Join(", ", tree.Except(other).Concat(other.Except(tree)).Select(t => t.Name))} differ");
    }

    private static async Task<List<(string Name, string Content)>> TreeAsync(InMemoryBlobStore store, string prefix)
    {
        var tree = new List<(string, string)>();
        await foreach (var item in store.ListAsync(prefix))
            tree.Add((item.Name, Encoding.Latin1.GetString((await store.ReadAsync(item.Name))!.Content.Span)));
        return tree;
    }
}
