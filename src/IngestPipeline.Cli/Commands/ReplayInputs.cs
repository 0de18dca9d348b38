using IngestPipeline.Feeds.Lists;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary>
/// What a replay reads: files and folders as they are; of a store that a live pipeline wrote its captures, copied to a temporary folder where
/// it is no folder of this machine, and its list of feeds, which says what entries were left out.
/// </summary>
internal sealed class ReplayInputs : IAsyncDisposable
{
    private readonly List<StoredArchive> _copies = [];
    private readonly List<string> _paths = [];
    private readonly List<FeedSettings> _feeds = [];

    private ReplayInputs()
    {
    }

    public IReadOnlyList<string> Paths => _paths;

    /// <summary>The feeds of the stores among the inputs; null when there is none.</summary>
    public FeedList? Feeds => _feeds.Count == 0 ? null : new([.. _feeds.DistinctBy(f => f.Id)]);

    /// <summary>The first day whose captures the stores among the inputs still have; null when none let go of any.</summary>
    public string? CapturesFrom { get; private set; }

    /// <exception cref="CliException">An input is not there.</exception>
    public static async Task<ReplayInputs> OpenAsync(IReadOnlyList<string> archives, string output, CancellationToken cancellation)
    {
        if (archives.FirstOrDefault(a => !IsRemote(a) && !File.Exists(a) && !Directory.Exists(a)) is { } missing)
            throw new CliException($"{missing}: no such file or folder; name a WARC file, a folder, or a store that 'ingest run' wrote");
        var inputs = new ReplayInputs();
        try
        {
            foreach (var archive in archives)
                await inputs.AddAsync(archive, output, cancellation);
            return inputs;
        }
        catch
        {
            await inputs.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in _copies)
            await copy.DisposeAsync();
    }

    private async Task AddAsync(string archive, string output, CancellationToken cancellation)
    {
        if (!IsRemote(archive) && File.Exists(archive))
        {
            _paths.Add(archive);
            return;
        }

        var captures = Path.Combine(archive, "capture");
        if (!IsRemote(archive) && !File.Exists(Path.Combine(archive, StoreNames.Header)))
        {
            if (IsWithin(output, archive))
                throw new CliException($"{output}: is or lies in the archive {archive}, whose next replay would read it; name a folder outside for --out");
            _paths.Add(archive);
            return;
        }

        if (!IsRemote(archive) && !Directory.Exists(captures))
            throw new CliException($"{archive}: is a store that holds no captures, as 'ingest replay' writes them; name the archive that it was made from");

        var store = BlobStoreFactory.Open(archive);
        if (await store.ReadAsync(FeedList.StoreName, cancellation) is { } list)
            _feeds.AddRange(FeedList.Read(list.Content).List.Feeds);
        if ((await RetentionMark.ReadAsync(store, cancellation)).CapturesFrom is { } from && string.CompareOrdinal(from, CapturesFrom) > 0)
            CapturesFrom = from;
        if (!IsRemote(archive))
        {
            _paths.Add(captures);
            return;
        }

        _copies.Add(await StoredArchive.CopyAsync(store, StoreNames.Captures, null, cancellation));
        _paths.Add(_copies[^1].Folder);
    }

    private static bool IsWithin(string output, string folder)
    {
        if (output.Length == 0 || IsRemote(output))
            return false;
        var way = Path.GetRelativePath(folder, output);
        return !Path.IsPathRooted(way) && way.Split(Path.DirectorySeparatorChar)[0] != "..";
    }

    private static bool IsRemote(string archive) =>
        archive == "azurite" || archive.StartsWith("azurite:", StringComparison.Ordinal) || archive.StartsWith("azurite/", StringComparison.Ordinal)
        || archive.Contains("://", StringComparison.Ordinal) || BlobStoreFactory.IsConnectionString(archive);
}
