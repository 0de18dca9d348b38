using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Archive;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Fetching;

/// <summary>The live pipeline against loopback servers, with its captures read back as an archive.</summary>
internal sealed class TestFetching : IAsyncDisposable
{
    private readonly ArchiveFixture _files = new();

    public TestFetching(FetchOptions options, TimeProvider? time = null)
    {
        Store = new FolderBlobStore(Path.Combine(_files.Folder, "store"));
        Web = LiveWeb.Create(Store, options, time ?? TimeProvider.System);
    }

    public IBlobStore Store { get; }

    public LiveWeb Web { get; }

    public string Folder => _files.Folder;

    /// <summary>Options for a loopback host: no pause between requests, and limits of time that no busy machine reaches.</summary>
    public static FetchOptions Options(params string[] hosts) => new()
    {
        Contact = "ops@post.example",
        HostGap = TimeSpan.Zero,
        AllowHosts = hosts,
        TotalDeadline = TimeSpan.FromMinutes(20),
        ConnectTimeout = TimeSpan.FromMinutes(20),
        MinimumRate = 0,
    };

    public Task<FetchResult> FetchAsync(Uri url) => Web.Fetcher.FetchAsync(new(url), CancellationToken.None);

    public async Task<IReadOnlyList<string>> CapturesAsync()
    {
        var names = new List<string>();
        await foreach (var item in Store.ListAsync("capture/"))
            names.Add(item.Name);
        return names;
    }

    /// <summary>Everything that was captured, as one text; for what must not stand in it.</summary>
    public async Task<string> CapturedTextAsync()
    {
        var text = new System.Text.StringBuilder();
        foreach (var name in await CapturesAsync())
        {
            using var reader = WarcReader.Open(new MemoryStream((await Store.ReadAsync(name))!.Content.ToArray()), name);
            foreach (var record in reader.Records())
                text.Append(record.Type).Append(' ').Append(record.TargetUri).Append('\n').Append(
                    System.Text.Encoding.Latin1.GetString(record.ReadBlock(1 << 20))).Append('\n');
        }

        return text.ToString();
    }

    public Task<WebArchive> ArchiveAsync() =>
        WebArchive.OpenAsync([Path.Combine(_files.Folder, "store", "capture")], new() { TemporaryFolder = _files.Temporary }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        _files.Dispose();
    }
}
