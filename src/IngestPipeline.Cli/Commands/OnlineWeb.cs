using IngestPipeline.Feeds;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary>The live web for a command that keeps nothing: hosts' turns and robots.txt files live in a temporary folder.</summary>
internal sealed class OnlineWeb : IAsyncDisposable
{
    private readonly WorkFolder _folder = WorkFolder.Create(null);

    private OnlineWeb(FetchOptions options, TimeProvider time)
    {
        options = WithSettings(options);
        Store = new FolderBlobStore(_folder.Path);
        try
        {
            Web = LiveWeb.Create(Store, options, time);
        }
        catch (FormatException e)
        {
            _folder.Dispose();
            throw new CliException($"--allow-host or {SettingNames.AllowHosts}: {e.Message}");
        }

        Patient = new(Web.Fetcher, time, TimeSpan.FromMinutes(2));
    }

    /// <summary>The temporary store behind the web.</summary>
    public IBlobStore Store { get; }

    public LiveWeb Web { get; }

    /// <summary>Waits for hosts' turns.</summary>
    public PatientFetcher Patient { get; }

    public FeedReader Reader { get; } = new();

    /// <exception cref="CliException">A host that is to be allowed is written wrongly.</exception>
    public static OnlineWeb Open(FetchOptions options, TimeProvider time) => new(options, time);

    public static OnlineWeb Open(string[] allowHosts, string? contact, TimeProvider time) =>
        new(new FetchOptions { AllowHosts = allowHosts, Contact = contact, Capture = false }, time);

    // What a live run with these settings may ask, and by which way, a question about it may, too.
    private static FetchOptions WithSettings(FetchOptions options)
    {
        var (settings, problems) = IngestOptions.Read(
            name => name is SettingNames.AllowHosts or SettingNames.UserAgentContact or SettingNames.Proxy ? Environment.GetEnvironmentVariable(name) : null,
            "none");
        if (problems.Count > 0)
            throw new CliException(problems[0]);
        var fetching = settings.Fetching;
        return options with { AllowHosts = [.. fetching.AllowHosts, .. options.AllowHosts], Contact = options.Contact ?? fetching.Contact, Proxy = fetching.Proxy };
    }

    public async ValueTask DisposeAsync()
    {
        await Web.DisposeAsync();
        _folder.Dispose();
    }
}
