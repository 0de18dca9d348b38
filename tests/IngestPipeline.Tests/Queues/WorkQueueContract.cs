using IngestPipeline.Queues;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Queues;

/// <summary>What every work queue must do; each queue's own test class inherits it. Compiled into both test projects.</summary>
public abstract class WorkQueueContract
{
    /// <summary>A new, empty queue.</summary>
    protected abstract Task<IWorkQueue> NewQueueAsync();

    /// <summary>The same queue again, as another process would open it.</summary>
    protected abstract IWorkQueue Reopen(IWorkQueue queue);

    /// <summary>Lets the queue's time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    // A service's own clock goes on while a busy machine comes to nothing: what must not come within a test takes an hour, what must come is waited for.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [StoreFact]
    public async Task An_empty_queue_gives_nothing()
    {
        var queue = await NewQueueAsync();

        Assert.Empty(await queue.ReceiveAsync(32, Long));
        Assert.Equal(0, await queue.DepthAsync());
    }

    [StoreFact]
    public async Task Gives_back_what_was_sent_to_whoever_asks()
    {
        var queue = await NewQueueAsync();
        const string Body = """{"text":"Zürich – 東京 \"quoted\" <&>"}""";
        await queue.SendAsync(Body);

        var item = Assert.Single(await Reopen(queue).ReceiveAsync(32, Long));

        Assert.Equal(Body, item.Body);
        Assert.Equal(1, item.Deliveries);
        Assert.Equal(1, await queue.DepthAsync());
    }

    [StoreFact]
    public async Task A_received_message_is_hidden_until_it_is_not_deleted_in_time()
    {
        var queue = await NewQueueAsync();
        await queue.SendAsync("hidden");
        Assert.Single(await queue.ReceiveAsync(1, Long));
        Assert.Empty(await queue.ReceiveAsync(1, Long));

        await queue.SendAsync("a");
        var first = Assert.Single(await queue.ReceiveAsync(1, Short));
        var second = await ComesAsync(queue);
        Assert.Equal("a", second.Body);

        Assert.Equal(2, second.Deliveries);
        // The first receiver has been overtaken: its receipt is stale, and that does no harm.
        Assert.False(await queue.DeleteAsync(first));
        Assert.True(await queue.DeleteAsync(second));
        Assert.False(await queue.DeleteAsync(second));
        Assert.Equal(1, await queue.DepthAsync());
    }

    [StoreFact]
    public async Task A_delayed_message_comes_after_its_delay()
    {
        var queue = await NewQueueAsync();
        await queue.SendAsync("much later", Long);
        await queue.SendAsync("soon");
        Assert.Equal("soon", Assert.Single(await queue.ReceiveAsync(32, Long)).Body);

        await queue.SendAsync("late", Short);
        Assert.Equal("late", (await ComesAsync(queue)).Body);
    }

    [StoreFact]
    public async Task A_released_message_comes_again_and_keeps_its_count()
    {
        var queue = await NewQueueAsync();
        await queue.SendAsync("a");
        var item = Assert.Single(await queue.ReceiveAsync(1, Long));

        Assert.True(await queue.ReleaseAsync(item, TimeSpan.Zero));
        var again = Assert.Single(await queue.ReceiveAsync(1, Long));

        Assert.Equal(("a", 2L), (again.Body, again.Deliveries));
        Assert.False(await queue.ReleaseAsync(item, TimeSpan.Zero));
    }

    [StoreFact]
    public async Task Eight_workers_share_the_messages_without_a_double()
    {
        var queue = await NewQueueAsync();
        for (var i = 0; i < 40; i++)
            await queue.SendAsync($"message {i}");

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = Reopen(queue);
            var bodies = new List<string>();
            while (await mine.ReceiveAsync(3, Long) is { Count: > 0 } items)
            {
                foreach (var item in items)
                {
                    bodies.Add(item.Body);
                    Assert.True(await mine.DeleteAsync(item));
                }
            }

            return bodies;
        })));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"message {i}").Order(StringComparer.Ordinal), taken.SelectMany(t => t).Order(StringComparer.Ordinal));
        Assert.Equal(0, await queue.DepthAsync());
    }

    [StoreFact]
    public async Task Takes_the_longest_message_and_refuses_a_longer_one()
    {
        var queue = await NewQueueAsync();
        var longest = new string('x', IWorkQueue.MaxBytes);
        await queue.SendAsync(longest);

        Assert.Equal(longest, Assert.Single(await queue.ReceiveAsync(1, Long)).Body);
        await Assert.ThrowsAsync<ArgumentException>(() => queue.SendAsync(longest + "x"));
    }

    [StoreFact]
    public async Task A_delay_beyond_the_limit_is_cut_and_not_refused()
    {
        var queue = await NewQueueAsync();
        await queue.SendAsync("far", TimeSpan.FromDays(30));

        Assert.Empty(await queue.ReceiveAsync(1, Long));
        Assert.Equal(1, await queue.DepthAsync());
    }

    [StoreFact]
    public async Task Queues_of_one_place_are_apart()
    {
        var (one, two) = (await NewQueueAsync(), await NewQueueAsync());
        await one.SendAsync("one");

        Assert.Empty(await two.ReceiveAsync(1, Long));
        Assert.Equal("one", Assert.Single(await one.ReceiveAsync(1, Long)).Body);
    }

    private async Task<QueueItem> ComesAsync(IWorkQueue queue)
    {
        for (var passed = TimeSpan.Zero; passed < Long / 2; passed += Short)
        {
            await PassAsync(Short);
            if (await queue.ReceiveAsync(32, Long) is [var item])
                return item;
        }

        throw new InvalidOperationException("no message came");
    }
}
