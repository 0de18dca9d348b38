using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

public sealed class QueuePumpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly WorkQueues _queues;
    private readonly IWorkQueue _queue;
    private readonly IngestMetrics _metrics = new();
    private readonly List<string> _problems = [];

    public QueuePumpTests()
    {
        _queues = WorkQueues.InFolder(_folder["store"], _clock);
        _queue = _queues.Queue("work");
    }

    public void Dispose()
    {
        _queues.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_message_that_takes_long_holds_up_no_other()
    {
        foreach (var body in (string[])["long", "a", "b", "c"])
            await _queue.SendAsync(body);
        var (hold, done, stop) = (new TaskCompletionSource(), new TaskCompletionSource(), new CancellationTokenSource());
        var handled = new List<string>();
        var running = Pump(async body =>
        {
            if (body == "long")
                await hold.Task;
            lock (handled)
                handled.Add(body);
            if (body == "c")
                done.SetResult();
        }).RunAsync(2, stop.Token, default);

        await done.Task;
        Assert.Equal(["a", "b", "c"], handled);
        await stop.CancelAsync();
        Assert.False(running.IsCompleted);
        hold.SetResult();
        await running;
        Assert.Equal(0, await _queue.DepthAsync());
    }

    [Fact]
    public async Task No_more_are_worked_on_at_once_than_there_are_workers()
    {
        for (var n = 0; n < 20; n++)
            await _queue.SendAsync("m");
        var (most, now, left) = (0, 0, 20);
        using var stop = new CancellationTokenSource();
        await Pump(async _ =>
        {
            lock (_queue)
                most = Math.Max(most, ++now);
            await Task.Yield();
            lock (_queue)
                now--;
            if (Interlocked.Decrement(ref left) == 0)
                await stop.CancelAsync();
        }).RunAsync(3, stop.Token, default);

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_store_that_keeps_failing_ends_it()
    {
        for (var n = 0; n < 10; n++)
            await _queue.SendAsync("m");
        var running = Pump(_ => throw new StorageException("the store is down"), _clock).RunAsync(1, default, default);
        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1);
        }

        Assert.Equal("the store is down", (await Assert.ThrowsAsync<StorageException>(() => running)).Message);
        Assert.Equal(4, _problems.Count);
    }

    [Theory]
    [InlineData("https://acct.example/ingest refused access (AuthorizationPermissionMismatch): give this identity the role Storage Blob Data Contributor.")]
    [InlineData("https://acct.example/ingest is being deleted: wait a minute, or use another container.")]
    [InlineData("Cannot create /store/a: the disk is full. Free some space, or use another folder; what was written so far is whole.")]
    public async Task However_often_it_is_started_while_the_store_refuses_no_message_is_used_up_or_set_aside(string refusal)
    {
        for (var n = 0; n < 10; n++)
            await _queue.SendAsync("m");
        for (var start = 0; start < 12; start++)
        {
            using var queues = WorkQueues.InFolder(_folder["store"], _clock);
            var running = Pump(_ => throw new StorageException(refusal), _clock, queues).RunAsync(4, default, default);
            while (!running.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(1);
            }

            Assert.Equal(refusal, (await Assert.ThrowsAsync<StorageException>(() => running)).Message);
            // As the first process on a folder does for what a dead one had in hand.
            await queues.TakeBackAsync(default);
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal((10, 0), (await _queue.DepthAsync(), await _queues.Queue("work-poison").DepthAsync()));
        var handled = 0;
        using var again = WorkQueues.InFolder(_folder["store"], _clock);
        await Pump(_ => Task.FromResult(Interlocked.Increment(ref handled)), _clock, again).PumpAsync(32, default, default);
        Assert.Equal(10, handled);
    }

    [Fact]
    public async Task A_message_whose_work_needs_a_damaged_blob_is_set_aside_after_its_deliveries_and_holds_up_nothing()
    {
        await _queue.SendAsync("damaged");
        using var queues = WorkQueues.InFolder(_folder["store"], _clock);
        var pump = Pump(_ => throw new StorageException("decisions/1 does not match its hash") { IsDamage = true }, _clock, queues);
        for (var delivery = 0; delivery < new LiveOptions().MaxDeliveries; delivery++)
        {
            Assert.Equal(1, await pump.PumpAsync(32, default, default));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal((0, 1), (await _queue.DepthAsync(), await _queues.Queue("work-poison").DepthAsync()));
        Assert.All(_problems, p => Assert.Contains("does not match its hash", p, StringComparison.Ordinal));
    }

    private QueuePump Pump(Func<string, Task> stage, TimeProvider? time = null, WorkQueues? queues = null) =>
        new(
            (queues ?? _queues).Queue("work"), (queues ?? _queues).Queue("work-poison"), (body, _) => stage(body), new(), time ?? TimeProvider.System,
            _metrics, _problems.Add);
}
