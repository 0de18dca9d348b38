using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class BlobStoreFactoryTests
{
    private const string Key = "Q0FOQVJZQ0FOQVJZ";

    [Theory]
    [InlineData("out", "out")]
    [InlineData("./azurite", "azurite")]
    [InlineData("a/b/../c", "a/c")]
    public void Opens_a_folder(string target, string expected)
    {
        var store = Open(target);

        Assert.IsType<FolderBlobStore>(store);
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, expected.Replace('/', Path.DirectorySeparatorChar)), store.Location);
    }

    [Theory]
    [InlineData("azurite", "http://127.0.0.1:10000/devstoreaccount1/ingest")]
    [InlineData("azurite:news", "http://127.0.0.1:10000/devstoreaccount1/news")]
    [InlineData("azurite/news", "http://127.0.0.1:10000/devstoreaccount1/news")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/ingest")]
    [InlineData(
        $"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={Key};EndpointSuffix=core.windows.net", "https://acme.blob.core.windows.net/ingest")]
    [InlineData($"BlobEndpoint=https://acme.example/;SharedAccessSignature=sv=2024-01-01&sig={Key}", "https://acme.example/ingest")]
    [InlineData("https://acme.blob.core.windows.net", "https://acme.blob.core.windows.net/ingest")]
    [InlineData("https://acme.blob.core.windows.net/news/", "https://acme.blob.core.windows.net/news")]
    [InlineData($"https://acme.blob.core.windows.net/news?sv=2024-01-01&sig={Key}", "https://acme.blob.core.windows.net/news")]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1/news", "http://127.0.0.1:10000/devstoreaccount1/news")]
    public void Opens_a_container(string target, string location)
    {
        var store = Open(target);

        Assert.IsType<AzureBlobStore>(store);
        Assert.Equal(location, store.Location);
    }

    [Fact]
    public void Azurite_may_listen_elsewhere()
    {
        var store = BlobStoreFactory.Open(
            "azurite:news", "ingest", $"AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:4321/devstoreaccount1");

        Assert.Equal("http://127.0.0.1:4321/devstoreaccount1/news", store.Location);
    }

    [Theory]
    [InlineData("", "No store is named")]
    [InlineData(" ", "No store is named")]
    [InlineData("a\0b", "is not the path of a folder")]
    [InlineData("s3://bucket/x", "must be https://")]
    [InlineData("file:///tmp/x", "must be https://")]
    [InlineData("http://acme.blob.core.windows.net/news", "must be https://")]
    [InlineData("https://", "must be https://")]
    [InlineData("https://acme.blob.core.windows.net/news/2026", "must end with a container's name")]
    [InlineData("https://me:CANARY@acme.blob.core.windows.net/news", "must carry no user name")]
    [InlineData("https://acme.blob.core.windows.net/News", "A container's name has")]
    [InlineData("azurite:", "A container's name has", "x")]
    [InlineData("azurite:a--b", "A container's name has")]
    [InlineData("AccountName=acme;AccountKey=CANARY not base64", "The connection string cannot be read")]
    [InlineData("AccountName=acme;CANARY", "The connection string cannot be read")]
    [InlineData("DefaultEndpointsProtocol=https;AccountKey=Q0FOQVJZ", "The connection string cannot be read")]
    public void Says_in_one_line_what_is_wrong_and_never_a_secret(string target, string expected, string container = BlobStoreFactory.DefaultContainer)
    {
        var error = Assert.Throws<StorageException>(() => BlobStoreFactory.Open(target, container, azurite: null));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.DoesNotContain("CANARY", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Q0FOQVJZ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azurite_that_is_not_running_is_told_in_one_line()
    {
        // Port 9 of this machine, "discard", has no listener.
        var store = BlobStoreFactory.Open(
            "azurite", "ingest", $"AccountName=devstoreaccount1;AccountKey={Key};BlobEndpoint=http://127.0.0.1:9/devstoreaccount1");

        foreach (var use in new Func<Task>[]
        {
            () => store.PrepareAsync(),
            () => store.ReadAsync("a"),
            () => store.CreateAsync("a", new byte[1]),
            () => store.WriteBatchAsync([new("a", new byte[1])]),
            async () => await store.ListAsync("").ToListAsync(),
        })
        {
            var error = await Assert.ThrowsAsync<StorageException>(use);
            Assert.StartsWith("Azurite is not running at http://127.0.0.1:9: start it with ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        }
    }

    private static IBlobStore Open(string target) => BlobStoreFactory.Open(target, BlobStoreFactory.DefaultContainer, azurite: null);
}
