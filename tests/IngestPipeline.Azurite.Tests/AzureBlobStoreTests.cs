using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

[Collection(AzuriteTests.Name)]
public sealed class AzureBlobStoreTests(AzuriteServer azurite) : BlobStoreContract
{
    // Small pages, so that a listing crosses many.
    private const int PageSize = 7;

    protected override IBlobStore NewStore() => Store(azurite.NewContainer());

    protected override IBlobStore Reopen(IBlobStore store) => Store(new BlobUriBuilder(new Uri(store.Location)).BlobContainerName);

    [StoreFact]
    public async Task Opens_by_the_name_azurite_where_the_variable_says()
    {
        var container = azurite.NewContainer();
        var store = BlobStoreFactory.Open($"azurite:{container}", "ingest", azurite.ConnectionString);
        await store.PrepareAsync();

        Assert.EndsWith("/" + container, store.Location, StringComparison.Ordinal);
        Assert.True((await store.CreateAsync("a", Bytes("one"))).Written);
        Assert.Equal("one", await TextAsync(Store(container), "a"));
    }

    [StoreFact]
    public async Task A_blob_of_another_tool_without_our_tag_counts_as_changed_once()
    {
        var container = azurite.NewContainer();
        var store = Store(container);
        await store.PrepareAsync();
        await Client(container).GetBlobClient("a").UploadAsync(BinaryData.FromString("other"));

        Assert.Equal(1, await store.WriteBatchAsync([new("a", Bytes("other"))]));
        Assert.Equal(0, await store.WriteBatchAsync([new("a", Bytes("other"))]));
    }

    [StoreFact]
    public async Task An_orphan_segment_is_put_right_whatever_its_tag_says()
    {
        var container = azurite.NewContainer();
        var store = Store(container);
        const string Name = "decisions/2025-03-10/000000001-a.ndjson";
        await store.CreateAsync(Name, Bytes("whole"));
        var blob = Client(container).GetBlobClient(Name);
        var metadata = (await blob.GetPropertiesAsync()).Value.Metadata;
        await blob.UploadAsync(BinaryData.FromString("wh"), new Azure.Storage.Blobs.Models.BlobUploadOptions { Metadata = metadata });

        await IngestPipeline.Pipeline.SegmentBlobs.WriteAsync(store, [new(Name, Bytes("whole"))], default);

        Assert.Equal("whole", await TextAsync(store, Name));
    }

    [StoreFact]
    public async Task Record_opens_as_json_in_a_browser()
    {
        var container = azurite.NewContainer();
        await Store(container).CreateAsync("records/a.json", Bytes("{}"));

        Assert.Equal("application/json", (await Client(container).GetBlobClient("records/a.json").GetPropertiesAsync()).Value.ContentType);
    }

    [StoreFact]
    public async Task A_reply_that_was_lost_after_the_write_reads_as_success()
    {
        var container = azurite.NewContainer();
        await Store(container).PrepareAsync();
        var losing = new LoseReplies();
        var options = new BlobClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 } };
        options.AddPolicy(losing, HttpPipelinePosition.PerRetry);
        var store = new AzureBlobStore(new BlobServiceClient(azurite.ConnectionString, options).GetBlobContainerClient(container));

        losing.Next = 1;
        var created = await store.CreateAsync("a", Bytes("one"));
        Assert.True(created.Written);
        losing.Next = 2;
        var replaced = await store.ReplaceAsync("a", Bytes("two"), created.ETag!);
        Assert.True(replaced.Written);
        losing.Next = 1;
        Assert.True(await store.DeleteAsync("a", replaced.ETag));
        losing.Next = 1;
        await store.WriteBatchAsync([new("b", Bytes("three"))]);

        Assert.Equal(0, losing.Next);
        Assert.Equal(5, losing.Lost);
        Assert.Null(await store.ReadAsync("a"));
        Assert.Equal("three", await TextAsync(store, "b"));
    }

    [StoreFact]
    public async Task Wrong_key_is_told_in_one_line_without_the_key()
    {
        const string Wrong = "Q0FOQVJZQ0FOQVJZ";
        var endpoint = new BlobServiceClient(azurite.ConnectionString).Uri;
        var store = BlobStoreFactory.Open($"AccountName=ingesttests;AccountKey={Wrong};BlobEndpoint={endpoint}", "ingest", azurite: null);

        var error = await Assert.ThrowsAsync<StorageException>(() => store.CreateAsync("a", Bytes("one")));
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain(Wrong, error.ToString(), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Signature_that_allows_too_little_is_told_without_the_signature()
    {
        var container = azurite.NewContainer();
        await Store(container).CreateAsync("a", Bytes("one"));
        var expires = TimeProvider.System.GetUtcNow().AddHours(1);
        var signed = Client(container).GenerateSasUri(BlobContainerSasPermissions.Read, expires);
        var signature = signed.Query.Split("sig=")[1];
        var store = BlobStoreFactory.Open(signed.ToString(), "ingest", azurite: null);

        Assert.Equal("one", await TextAsync(store, "a"));
        Assert.DoesNotContain('?', store.Location);
        var error = await Assert.ThrowsAsync<StorageException>(() => store.CreateAsync("b", Bytes("two")));
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("sig=", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(signature, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("give", error.Message, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Signature_of_a_container_is_enough()
    {
        var container = azurite.NewContainer();
        await Client(container).CreateAsync();
        const BlobContainerSasPermissions Enough = BlobContainerSasPermissions.Read | BlobContainerSasPermissions.Write
            | BlobContainerSasPermissions.Create | BlobContainerSasPermissions.List | BlobContainerSasPermissions.Delete;
        var signed = Client(container).GenerateSasUri(Enough, TimeProvider.System.GetUtcNow().AddHours(1));
        var store = BlobStoreFactory.Open(signed.ToString(), "ingest", azurite: null);

        await store.PrepareAsync();
        Assert.True((await store.CreateAsync("a", Bytes("one"))).Written);
        Assert.Equal(["a"], await NamesAsync(store, ""));
        Assert.True(await store.DeleteAsync("a"));
    }

    [StoreFact]
    public async Task Cancelled_call_ends_as_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewStore().ReadAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewStore().WriteBatchAsync([new("a", Bytes("x"))], cancelled.Token));
    }

    private AzureBlobStore Store(string container) => new(Client(container), PageSize);

    private BlobContainerClient Client(string container) => new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(container);

    /// <summary>Lets requests reach the server and then drops the answers, as a broken connection does.</summary>
    private sealed class LoseReplies : HttpPipelinePolicy
    {
        public int Next { get; set; }

        public int Lost { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            throw new NotSupportedException("The store makes no blocking calls.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (Next == 0 || message.Request.Method == RequestMethod.Get)
                return;
            Next--;
            Lost++;
            throw new RequestFailedException("connection reset");
        }
    }
}
