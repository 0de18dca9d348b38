using IngestPipeline.Feeds;
using IngestPipeline.Fetching;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary>The live web for a command that keeps nothing: hosts' turns and robots.txt files live in a temporary folder.</summary>
internal sealed class OnlineFeeds : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-online-").FullName;

    private OnlineFeeds(FetchOptions options, TimeProvider time)
    {
        try
        {
            Web = LiveWeb.Create(new FolderBlobStore(_folder), options, time);
        }
        catch (FormatException e)
        {
            throw new CliException("--allow-host: " + e.Message);
        }

        Patient = new(Web.Fetcher, time, TimeSpan.FromMinutes(2));
    }

    public LiveWeb Web { get; }

    /// <summary>Waits for hosts' turns.</summary>
    public PatientFetcher Patient { get; }

    public FeedReader Reader { get; } = new();

    public static OnlineFeeds Open(string[] allowHosts, string? contact, TimeProvider time) =>
        new(new FetchOptions { AllowHosts = allowHosts, Contact = contact, Capture = false }, time);

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
