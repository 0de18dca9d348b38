using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Index;
using IngestPipeline.Storage;

namespace IngestPipeline.Archive;

/// <summary>
/// An archive that is scanned in parts, by several processes: each scans some WARC files into an index of its own, and one joins these. What comes of
/// it is the same as if one had scanned all files in that order.
/// </summary>
internal static class ArchivePart
{
    /// <summary>Scans files into an index file.</summary>
    /// <param name="files">The files' names, as they are opened later, and their bytes; each is closed here.</param>
    /// <param name="path">The index file to make.</param>
    /// <param name="cancellation">Ends the scan.</param>
    public static async Task ScanAsync(IAsyncEnumerable<(string Name, Stream Bytes)> files, string path, CancellationToken cancellation)
    {
        var options = new WebArchiveOptions { ReadsWhole = true };
        var faults = new FaultList(options.MaxFaults);
        using var index = CaptureIndex.Keep(path);
        using var scanner = new WarcScanner(found => found.AddTo(index, before: 0), faults, options);
        var inflated = new List<string>();
        await foreach (var (name, bytes) in files.WithCancellation(cancellation).ConfigureAwait(false))
        {
            // The scanner closes what it reads.
            if (scanner.Scan(bytes, name, 0, long.MaxValue, frames: null, cancellation).IsDeep)
                inflated.Add(name);
        }

        index.Note(faults.Faults, inflated);
    }

    /// <summary>Joins index files, in the order of the archive.</summary>
    public static void Join(IEnumerable<string> parts, string path, CancellationToken cancellation)
    {
        using var index = CaptureIndex.Keep(path);
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            index.Append(part);
        }

        index.Finish(cancellation);
    }

    /// <summary>Opens a joined index as an archive.</summary>
    /// <param name="path">The index file.</param>
    /// <param name="folder">A temporary folder of the archive's own, deleted on dispose.</param>
    /// <param name="open">Opens one of its files at an offset.</param>
    /// <param name="cancellation">Ends the opening.</param>
    public static WebArchive Open(string path, WorkFolder folder, Func<string, long, Stream> open, CancellationToken cancellation)
    {
        var index = CaptureIndex.Read(path);
        try
        {
            var (faults, inflated) = index.Notes();
            var copies = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in inflated)
            {
                var copy = Path.Combine(folder.Path, FormattableString.Invariant($"inflated-{copies.Count}.warc"));
                ArchiveBuilder.Inflate(open(file, 0), file, copy, cancellation);
                copies[file] = copy;
            }

            return new(folder, index, new(index, new(), copies, open), faults, new WebArchiveOptions().MaxFaults);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }
}
