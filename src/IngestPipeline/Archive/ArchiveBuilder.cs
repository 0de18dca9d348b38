using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Folders;
using IngestPipeline.Archive.Index;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive;

/// <summary>Scans the paths of a <see cref="WebArchive"/> and owns its temporary folder until it is built.</summary>
internal sealed class ArchiveBuilder
{
    private readonly WebArchiveOptions _options;
    private readonly WorkFolder _folder;
    private readonly CaptureIndex _index;
    private readonly FaultList _faults;
    private readonly PartedScan _warcs;
    private readonly Dictionary<string, string> _inflated = new(StringComparer.Ordinal);
    private long _records;

    private ArchiveBuilder(WebArchiveOptions options, WorkFolder folder, CaptureIndex index)
    {
        _options = options;
        _folder = folder;
        _faults = new(options.MaxFaults);
        _index = index;
        _warcs = new(_index, _faults, options);
    }

    public static WebArchive Build(IReadOnlyList<string> paths, WebArchiveOptions options, CancellationToken cancellation)
    {
        var folder = CreateFolder(options.TemporaryFolder);
        CaptureIndex? index = null;
        try
        {
            index = new(Path.Combine(folder.Path, "captures.db"));
            return new ArchiveBuilder(options, folder, index).Build(paths, cancellation);
        }
        catch (Exception e)
        {
            index?.Dispose();
            folder.Dispose();
            if (e is SqliteException sqlite)
                throw new ArchiveException($"the temporary index in {folder.Path} cannot be written: {sqlite.Why()}", e);
            throw;
        }
    }

    internal static WorkFolder CreateFolder(string? parent)
    {
        try
        {
            return WorkFolder.Create(parent);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"the folder for temporary files, {parent ?? Path.GetTempPath()}, cannot be written to: {e.Message}", e);
        }
    }

    private WebArchive Build(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!seen.Add(Path.GetFullPath(path)))
                continue;
            try
            {
                Scan(path, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ArchiveException($"{path} cannot be read: {e.Message}", e);
            }
        }

        _index.Finish(cancellation);
        return new(_folder, _index, new(_index, _options, _inflated), _faults.Faults, _options.MaxFaults);
    }

    private void Scan(string path, CancellationToken cancellation)
    {
        var before = _index.Count;
        var folders = new FolderScanner(_index, _faults, _options, file => ScanWarc(file, cancellation));
        if (Directory.Exists(path))
        {
            var records = _records;
            folders.Scan(path, cancellation);
            // Files of marks and facts alone are an archive that answers nothing.
            if (_index.Count == before && _records == records)
                throw new ArchiveException($"{path} holds no archive: no WARC file, feed or page was found in it");
        }
        else if (!File.Exists(path))
        {
            throw new ArchiveException($"{path} does not exist");
        }
        else if (PageFile.IsEmpty(path))
        {
            throw new ArchiveException(
                $"{path} is empty, or a pipe: an archive is read at many places, so save what a pipe gives in a file first, and name that");
        }
        else if (FolderScanner.IsWarcName(path) || PageFile.Sniff(path) == PageFileContent.Warc)
        {
            if (ScanWarc(path, cancellation) == 0)
                throw new ArchiveException($"{path} is not an archive: there is no readable WARC record in it");
        }
        else if (MediaTypes.OfFile(path) is not null || PageFile.Sniff(path) != PageFileContent.Other)
        {
            folders.AddFile(path);
        }
        else
        {
            throw new ArchiveException($"{path} is not an archive: neither a WARC file nor a feed or page");
        }
    }

    private long ScanWarc(string file, CancellationToken cancellation)
    {
        var (records, isDeep) = _warcs.ScanAsync(file, cancellation).GetAwaiter().GetResult();
        _records += records;
        if (isDeep)
        {
            var copy = Path.Combine(_folder.Path, FormattableString.Invariant($"inflated-{_inflated.Count}.warc"));
            Inflate(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan), file, copy, cancellation);
            _inflated[file] = copy;
        }

        return records;
    }

    /// <summary>One member with many records: reading the n-th would inflate all before it, so the file is inflated once.</summary>
    internal static void Inflate(Stream stream, string file, string copy, CancellationToken cancellation)
    {
        using var bytes = new GzipBytes(new InputWindow(stream, 0), file, new FaultList(most: 0));
        using var target = new FileStream(copy, FileMode.CreateNew);
        var buffer = new byte[64 * 1024];
        while (bytes.Read(buffer, out _) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
        }
    }
}
