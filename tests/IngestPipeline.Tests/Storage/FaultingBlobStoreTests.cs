using System.Text;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>A call that failed may be made again, whether its effect had happened or not.</summary>
public sealed class FaultingBlobStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Before")]
    [InlineData("After")]
    public async Task Every_call_repeated_after_a_fault_ends_as_if_there_had_been_none(string where)
    {
        var fault = Enum.Parse<StoreFault>(where);
        foreach (var inner in new IBlobStore[] { new InMemoryBlobStore(), new FolderBlobStore(_folder[where]) })
        {
            // Every odd call fails, its repetition does not.
            var store = new FaultingBlobStore(inner, (call, _, _) => call % 2 == 1 ? fault : StoreFault.None);

            var created = await TwiceAsync(() => store.CreateAsync("a", Bytes("one")));
            Assert.True(created.Written);
            var replaced = await TwiceAsync(() => store.ReplaceAsync("a", Bytes("two"), created.ETag!));
            Assert.True(replaced.Written);
            Assert.Equal("two", Encoding.UTF8.GetString((await TwiceAsync(() => store.ReadAsync("a")))!.Content.Span));
            await TwiceAsync(() => store.WriteBatchAsync([new("b", Bytes("x")), new("c", Bytes("y"))]));
            Assert.True(await TwiceAsync(() => store.DeleteAsync("a", replaced.ETag)));
            Assert.Equal(["b", "c"], await TwiceAsync(async () => await store.ListAsync("").Select(i => i.Name).ToListAsync()));
            Assert.Equal(12, store.Calls);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<T> TwiceAsync<T>(Func<Task<T>> call)
    {
        await Assert.ThrowsAsync<StorageException>(call);
        return await call();
    }
}
