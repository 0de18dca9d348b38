using IngestPipeline.Export;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Verification;

/// <summary>
/// Each blob of a replayed store is cut off, overwritten or lost in turn: it is said, nothing else is touched for its sake, and no reader takes the rest for
/// the whole.
/// </summary>
public sealed class StoreDamageTests : IAsyncLifetime
{
    private static readonly TestClock Clock = new();

    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _blobs = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var store = new InMemoryBlobStore();
        await ReplayRun.RunAsync([Path.Combine(RepositoryRoot.Path, "samples")], store);
        await foreach (var item in store.ListAsync(""))
            _blobs[item.Name] = (await store.ReadAsync(item.Name))!.Content;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("cut")]
    [InlineData("emptied")]
    [InlineData("overwritten")]
    [InlineData("lost")]
    public async Task Is_said_and_a_repair_takes_nothing_away_for_it(string damage)
    {
        // Without its header a folder is no store, and what an article said before its last revision is named by nothing.
        foreach (var name in _blobs.Keys.Where(n => n != StoreNames.Header && !_blobs.ContainsKey(n.Replace(".json", ".r2.json", StringComparison.Ordinal))))
        {
            var store = await DamagedAsync(name, damage);
            // Nothing has a hash of what sites taught, and where it is lost it is made anew; nor of the manifest, where one bit may stand in a name that
            // readers pass over.
            var isUnseen = name.StartsWith(StoreNames.LearnedPrefix, StringComparison.Ordinal)
                ? damage is "lost" or "overwritten"
                : name == StoreNames.DecisionManifest && damage == "overwritten";
            if (!isUnseen)
                Assert.True((await VerifyAsync(store, repair: false)).Problems.Count > 0, $"{name} {damage}");

            var repaired = await VerifyAsync(store, repair: true);
            var left = await store.ListAsync("").Select(i => i.Name).ToListAsync();
            Assert.Empty(_blobs.Keys.Except(left).Except([name]));
            var again = await VerifyAsync(store, repair: false);
            Assert.Equal(repaired.Problems.Where(p => p.State == ProblemState.ByHand), again.Problems);
        }
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("emptied")]
    [InlineData("overwritten")]
    [InlineData("lost")]
    public async Task Is_one_line_to_who_reads_and_never_fewer_records(string damage)
    {
        var whole = await ExportAsync(await DamagedAsync("none", damage));
        foreach (var name in _blobs.Keys)
        {
            try
            {
                var read = await ExportAsync(await DamagedAsync(name, damage));
                // Without a manifest there is nothing to tell a store that has no records yet by.
                if (name != StoreNames.RollUpManifest || damage != "lost")
                    Assert.Equal(whole, read);
            }
            catch (StorageException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Theory]
    [InlineData(StoreNames.Ledger, "the counts of how requests ended cannot be read")]
    [InlineData("learned/2026-03-14.json", "what sites had taught by this day cannot be read")]
    [InlineData("quarantine/articles/00.json", "this message that was set aside cannot be read")]
    public async Task What_a_live_run_keeps_is_looked_at_too(string name, string says)
    {
        var store = await DamagedAsync(name, "lost");
        await store.CreateAsync(name, "{\"cut"u8.ToArray());

        var problem = Assert.Single((await VerifyAsync(store, repair: true)).Problems);

        Assert.Equal((name, ProblemState.ByHand), (problem.Name, problem.State));
        Assert.StartsWith(says, problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_whose_entries_are_damaged_is_read_in_full_again()
    {
        var store = await DamagedAsync("none", "lost");
        var feed = FeedState.Of(new FeedSettings { Url = new("https://a.example/feed") }) with { BodyHash = "abc", ETag = "\"1\"" };
        await new FeedStates(store).SaveAsync(feed, null, default);
        await store.CreateAsync(StoreNames.FeedEntries(feed.FeedId), FeedEntries.Empty.ToJson());
        Assert.Empty((await VerifyAsync(store, repair: false)).Problems);

        await store.DeleteAsync(StoreNames.FeedEntries(feed.FeedId));
        await store.CreateAsync(StoreNames.FeedEntries(feed.FeedId), FeedEntries.Empty.ToJson().AsMemory(0, 20));
        Assert.Equal(StoreInvariant.FeedsBehind, Assert.Single((await VerifyAsync(store, repair: true)).Problems).Invariant);
        Assert.Null(await store.ReadAsync(FeedStates.Name(feed.FeedId)));
    }

    private static async Task<string> ExportAsync(IBlobStore store)
    {
        using var output = new MemoryStream();
        await RecordExport.WriteAsync(store, ExportFormat.Ndjson, output, new());
        return Convert.ToHexString(output.ToArray());
    }

    private static Task<VerifyReport> VerifyAsync(IBlobStore store, bool repair) => new StoreVerifier(store, Clock).RunAsync(repair, default);

    private async Task<InMemoryBlobStore> DamagedAsync(string name, string damage)
    {
        var store = new InMemoryBlobStore();
        foreach (var (other, content) in _blobs.Where(b => b.Key != name))
            await store.CreateAsync(other, content);
        if (damage != "lost" && _blobs.TryGetValue(name, out var whole))
        {
            await store.CreateAsync(name, damage switch
            {
                "cut" => whole[..(whole.Length / 2)],
                "emptied" => default,
                _ => (byte[])[.. whole.ToArray().Select((b, i) => i == whole.Length / 2 ? (byte)(b ^ 1) : b)],
            });
        }

        return store;
    }
}
