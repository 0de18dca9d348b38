using Azure.Storage.Queues;
using IngestPipeline.Queues;
using IngestPipeline.Tests.Queues;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

[Collection(AzuriteTests.Name)]
public sealed class AzureWorkQueueTests(AzuriteServer azurite) : WorkQueueContract
{
    protected override async Task<IWorkQueue> NewQueueAsync()
    {
        var queue = Open().Queue(azurite.NewContainer());
        await queue.PrepareAsync();
        return queue;
    }

    protected override IWorkQueue Reopen(IWorkQueue queue) => Open().Queue(queue.Name);

    // The service's clock is its own.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time);

    [StoreFact]
    public async Task Speaks_the_encoding_of_the_functions_trigger_and_never_expires()
    {
        var queue = await NewQueueAsync();
        await queue.SendAsync("{\"a\":1}");
        var raw = new QueueClient(azurite.ConnectionString, queue.Name);

        var message = (await raw.PeekMessageAsync()).Value;

        Assert.Equal("eyJhIjoxfQ==", message.MessageText);
        Assert.True(message.ExpiresOn!.Value.Year > 9000);
    }

    [StoreFact]
    public async Task A_message_that_is_no_base64_comes_through_as_it_is()
    {
        var queue = await NewQueueAsync();
        await new QueueClient(azurite.ConnectionString, queue.Name).SendMessageAsync("{not base64}");

        Assert.Equal("{not base64}", Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1))).Body);
    }

    [StoreFact]
    public async Task A_queue_that_is_not_there_is_empty_and_is_made_by_its_first_message()
    {
        var queue = Open().Queue(azurite.NewContainer());

        Assert.Equal(0, await queue.DepthAsync());
        await queue.SendAsync("a");

        Assert.Equal("a", Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromMinutes(1))).Body);
    }

    private WorkQueues Open() => WorkQueues.Open("azurite", TimeProvider.System, account: null, azurite.ConnectionString);
}
