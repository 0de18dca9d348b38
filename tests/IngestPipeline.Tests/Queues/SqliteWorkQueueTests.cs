using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Queues;

public sealed class SqliteWorkQueueTests : WorkQueueContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly List<WorkQueues> _opened = [];
    private int _queues;

    protected override async Task<IWorkQueue> NewQueueAsync()
    {
        var queue = Open().Queue($"queue-{++_queues}");
        await queue.PrepareAsync();
        return queue;
    }

    protected override IWorkQueue Reopen(IWorkQueue queue) => Open().Queue(queue.Name);

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Each_commit_is_on_the_disk_when_a_call_returns()
    {
        using var file = new SqliteQueueFile(_folder["queues.db"]);

        var (journal, synchronous) = await file.RunAsync(
            connection =>
            {
                object? Pragma(string name)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "PRAGMA " + name;
                    return command.ExecuteScalar();
                }

                return (Pragma("journal_mode"), Pragma("synchronous"));
            },
            default);

        // With a write-ahead log only FULL (2) syncs it at each commit; NORMAL loses the last commits with the power.
        Assert.Equal(("wal", 2L), (journal, synchronous));
    }

    [Fact]
    public async Task Lies_beside_the_blobs_of_a_folder_store_and_is_none_of_them()
    {
        using var queues = WorkQueues.Open(_folder["store"], _time);
        await queues.Queue("feeds").SendAsync("a");
        var store = new FolderBlobStore(_folder["store"]);
        await store.PrepareAsync();

        Assert.Empty(await store.ListAsync("").ToListAsync());
        Assert.Equal(1, await queues.Queue("feeds").DepthAsync());
    }

    [Fact]
    public async Task A_damaged_file_is_told_in_one_line()
    {
        Directory.CreateDirectory(_folder["bad/.queues"]);
        await File.WriteAllTextAsync(_folder["bad/.queues/queues.db"], new string('x', 5000));
        using var queues = WorkQueues.Open(_folder["bad"], _time);

        var error = await Assert.ThrowsAsync<StorageException>(() => queues.Queue("feeds").SendAsync("a"));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net/ingest")]
    [InlineData("azurite")]
    [InlineData("UseDevelopmentStorage=true")]
    public void Opens_by_what_names_a_store(string target)
    {
        using var queues = WorkQueues.Open(target, _time, account: null, azurite: null);

        Assert.IsType<AzureWorkQueue>(queues.Queue("feeds"));
    }

    [Theory]
    [InlineData("Feeds")]
    [InlineData("a")]
    [InlineData("feeds--x")]
    [InlineData("feeds_x")]
    public void Refuses_a_name_that_a_queue_of_azure_cannot_have(string name) => Assert.Throws<ArgumentException>(() => Open().Queue(name));

    public void Dispose()
    {
        _opened.ForEach(q => q.Dispose());
        _folder.Dispose();
    }

    private WorkQueues Open()
    {
        var queues = WorkQueues.InFolder(_folder["queues"], _time);
        _opened.Add(queues);
        return queues;
    }
}
