using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Other bytes where a segment is to stand: an orphan of a power cut is put right, what a manifest names is damage.</summary>
public sealed class SegmentBlobsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, ".ndjson")]
    [InlineData(true, ".lines")]
    [InlineData(true, ".index")]
    [InlineData(true, ".cards")]
    [InlineData(false, ".ndjson")]
    [InlineData(false, ".cards")]
    public async Task An_orphan_that_a_power_cut_tore_is_put_right(bool inFolder, string ending)
    {
        IBlobStore store = inFolder ? new FolderBlobStore(_folder["store"]) : new InMemoryBlobStore();
        var publications = IndexHistory.Publications(3, 8);
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in publications.SkipLast(1))
            await history.PublishAsync(articles);
        var before = (await store.ReadAsync(StoreNames.DecisionManifest))!;
        await history.PublishAsync(publications[^1]);
        var after = (await store.ReadAsync(StoreNames.DecisionManifest))!;
        var name = New(before, after, ending);
        var whole = (await store.ReadAsync(name))!.Content.ToArray();
        // The power goes before the manifest names it.
        await store.ReplaceAsync(StoreNames.DecisionManifest, before.Content, after.ETag);
        await store.WriteBatchAsync([new(name, whole.AsMemory(0, whole.Length / 2))]);

        await history.OpenAsync();
        await history.PublishAsync(publications[^1]);

        Assert.Equal(whole, (await store.ReadAsync(name))!.Content.ToArray());
        Assert.Equal(after.Content.ToArray(), (await store.ReadAsync(StoreNames.DecisionManifest))!.Content.ToArray());
    }

    [Theory]
    [InlineData(".ndjson", "Put it back from a backup, or replay into a new store.")]
    [InlineData(".lines", "Let `ingest verify --repair` mend it.")]
    [InlineData(".index", "Let `ingest verify --repair` mend it.")]
    [InlineData(".cards", "Let `ingest verify --repair` mend it.")]
    public async Task Other_bytes_of_what_a_manifest_names_are_damage_and_stay(string ending, string remedy)
    {
        var store = new InMemoryBlobStore();
        var publications = IndexHistory.Publications(3, 8);
        using var overtaken = new IndexHistory(store);
        await overtaken.OpenAsync();
        foreach (var articles in publications.SkipLast(1))
            await overtaken.PublishAsync(articles);
        var before = (await store.ReadAsync(StoreNames.DecisionManifest))!;
        // Another writer comes to the same and names it.
        using var other = new IndexHistory(store);
        await other.OpenAsync();
        await other.PublishAsync(publications[^1]);
        var name = New(before, (await store.ReadAsync(StoreNames.DecisionManifest))!, ending);
        byte[] damaged = [1, 2, 3];
        await store.WriteBatchAsync([new(name, damaged)]);

        var error = await Assert.ThrowsAsync<StorageException>(() => overtaken.PublishAsync(publications[^1]));

        Assert.Equal($"memory: {name} holds other bytes than its name says, though the manifest names it; the store is damaged. {remedy}", error.Message);
        Assert.True(error.IsDamage);
        Assert.Equal(damaged, (await store.ReadAsync(name))!.Content.ToArray());
    }

    [Fact]
    public async Task An_orphan_that_changes_meanwhile_is_another_writers()
    {
        var inner = new InMemoryBlobStore();
        await inner.WriteBatchAsync([new("decisions/2025-03-10/a.ndjson", new byte[] { 1 })]);
        var store = new FaultingBlobStore(inner, (_, operation, name) =>
        {
            if (operation == "replace")
                inner.WriteBatchAsync([new(name, new byte[] { 2 })]).GetAwaiter().GetResult();
            return StoreFault.None;
        });

        var error =
            await Assert.ThrowsAsync<StorageException>(() => SegmentBlobs.WriteAsync(store, [new("decisions/2025-03-10/a.ndjson", new byte[] { 3 })], default));

        Assert.Equal("memory: another run is writing to this store. Wait until it has ended, then run again.", error.Message);
    }

    private static string New(StoredBlob before, StoredBlob after, string ending) =>
        DecisionManifest.Read(after.Content.Span).Names.Except(DecisionManifest.Read(before.Content.Span).Names).Single(n => n.EndsWith(ending, StringComparison.Ordinal));
}
