using System.Diagnostics;
using System.Globalization;

namespace IngestPipeline.Tests.Azurite;

/// <summary>One Azurite for all tests of the collection, on free ports of this machine alone, with a folder and an account of its own.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private const string Account = "ingesttests";

    // Any base64 text will do as the key of an emulator's account.
    private const string Key = "aW5nZXN0LXBpcGVsaW5lLXRlc3RzLW9ubHk=";

    // Azurite ends when its standard input does, so that it never outlives a test run that was killed.
    private const string EndWithParent = "process.stdin.on('end',()=>process.exit(0)).resume();require(process.argv[1])";

    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-azurite-").FullName;
    private Process? _process;
    private int _containers;

    /// <summary>The connection string of its account; for code under test it is what a user would put in <c>INGEST_AZURITE</c>.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A name that no other test of this run has for its container.</summary>
    public string NewContainer() => string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _containers)}");

    public async Task InitializeAsync()
    {
        if (AzuriteSetup.WhySkipped is not null)
            return;
        if (AzuriteSetup.Missing is { } missing)
            throw new InvalidOperationException(missing);
        var main = await AzuriteSetup.InstallAsync();
        var start = new ProcessStartInfo(
            AzuriteSetup.Node!,
            ["-e", EndWithParent, "--", main, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", _folder, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{Key}";
        _process = Process.Start(start)!;
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        var blobs = await ListeningAsync("Blob", limit.Token);
        var queues = await ListeningAsync("Queue", limit.Token);
        await ListeningAsync("Table", limit.Token);
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        ConnectionString = $"AccountName={Account};AccountKey={Key};BlobEndpoint={blobs}/{Account};QueueEndpoint={queues}/{Account}";
    }

    public async Task DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> ListeningAsync(string service, CancellationToken limit)
    {
        var mark = $"Azurite {service} service is successfully listening at ";
        while (await _process!.StandardOutput.ReadLineAsync(limit) is { } line)
        {
            if (line.StartsWith(mark, StringComparison.Ordinal))
                return line[mark.Length..].Trim();
        }
        throw new InvalidOperationException($"Azurite ended before its {service} service listened.");
    }
}
