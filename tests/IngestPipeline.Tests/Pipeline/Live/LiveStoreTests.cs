using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

public sealed class LiveStoreTests
{
    [Theory]
    [InlineData(true, "backfill STORE --own-captures")]
    [InlineData(false, "--new-run")]
    public async Task A_store_of_other_rules_says_how_it_comes_to_these(bool holdsCaptures, string advice)
    {
        var store = new InMemoryBlobStore();
        await new LiveStore(store, $"{StoreSchema.Current}-older").RunAsync(default);
        if (holdsCaptures)
            await store.CreateAsync(StoreNames.Captures + "2026-01-02/080000-a.warc.gz", "x"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<StorageException>(() => new LiveStore(store, $"{StoreSchema.Current}-newer").RunAsync(default));
        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("-newer", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.IsOtherVersion);
    }
}
