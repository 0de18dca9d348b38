using System.Text;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Backfill;

/// <summary>What a back-fill keeps for itself is cut off at each of its bytes, or is other JSON: one line says which blob and what to do.</summary>
public sealed class BackfillDamageTests
{
    private static readonly BackfillState State = new() { Id = "0a1b", Archive = "in/", Run = "2-0f3a9c55d1e2", Phase = BackfillPhase.Scanning, Segments = 1 };

    [Fact]
    public void A_damaged_state_is_named() => Named("state/backfills/0a1b.json", State.ToJson(), BackfillState.Read);

    [Fact]
    public void A_damaged_plan_is_named() => Named("runs/r/staging/0a1b/plan.json", new BackfillPlan("in/", "r", 3, 4_000, 1).ToJson(), BackfillPlan.Read);

    [Fact]
    public void Damaged_polls_are_named() =>
        Named("runs/r/staging/0a1b/polls.json", new BackfillPolls([("2026-03-14", 2)], 12, 0).ToJson(), BackfillPolls.Read);

    [Fact]
    public async Task Who_asks_how_far_a_back_fill_is_gets_that_line()
    {
        var store = new InMemoryBlobStore();
        await store.CreateAsync(StoreNames.Backfill(State.Id), State.ToJson().AsMemory(0, 20));
        var e = await Assert.ThrowsAsync<StorageException>(() => new BackfillStates(store).ReadAsync(State.Id, default));
        Assert.Equal($"{StoreNames.Backfill(State.Id)} is damaged: cut off or overwritten. Delete it, then start the back-fill again.", e.Message);
    }

    private static void Named<T>(string name, byte[] whole, Read<T> read)
    {
        Assert.NotNull(read(name, whole));
        var damaged = Enumerable.Range(0, whole.Length)
            .Select(length => whole[..length])
            .Concat(new[] { "null", "[]", "{}", "{\"archive\":1,\"days\":[{}]}" }.Select(Encoding.UTF8.GetBytes));
        Assert.All(damaged, bytes =>
        {
            var e = Assert.Throws<StorageException>(() => read(name, bytes));
            Assert.StartsWith(name, e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
            Assert.True(e.IsDamage);
        });
    }

    private delegate T Read<T>(string name, ReadOnlySpan<byte> bytes);
}
