using System.Globalization;
using System.Runtime.CompilerServices;
using IngestPipeline.Archive;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>Reads one segment of an archive's files once and stages the index of what they hold.</summary>
internal sealed class SegmentScan(IBlobStore root, string? temporaryFolder)
{
    private const int AtOnce = 16;

    // Captures of a live run are small: what is short is fetched ahead, many at once.
    private const long Short = 1 << 20;

    public async Task RunAsync(Staging staging, int segment, CancellationToken cancellation)
    {
        using var folder = ArchiveBuilder.CreateFolder(temporaryFolder);
        var path = Path.Combine(folder.Path, "part.db");
        var files = await staging.LinesAsync(Staging.FilesOf(segment), cancellation).ConfigureAwait(false);
        await ArchivePart.ScanAsync(OpenAsync(files, cancellation), path, cancellation).ConfigureAwait(false);
        await staging.CreateFromFileAsync(Staging.ScannedOf(segment), path, cancellation).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<(string Name, Stream Bytes)> OpenAsync(IReadOnlyList<string> files, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var group in files.Chunk(AtOnce))
        {
            foreach (var opened in await Task.WhenAll(group.Select(f => OpenAsync(f, cancellation))).ConfigureAwait(false))
                yield return opened;
        }
    }

    private async Task<(string Name, Stream Bytes)> OpenAsync(string line, CancellationToken cancellation)
    {
        var gap = line.IndexOf(' ', StringComparison.Ordinal);
        var name = line[(gap + 1)..];
        if (long.Parse(line.AsSpan(0, gap), NumberStyles.None, CultureInfo.InvariantCulture) > Short)
            return (name, new StoredFileStream(root, name));
        var blob = await root.ReadAsync(name, cancellation).ConfigureAwait(false)
            ?? throw new StorageException($"{root.Location}: {name} is gone since the back-fill was started; start it again.");
        return (name, new MemoryStream(blob.Content.ToArray(), writable: false));
    }
}
