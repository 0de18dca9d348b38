using System.Collections.Concurrent;
using System.Globalization;

namespace IngestPipeline.Storage;

/// <summary>
/// How a blob becomes a file: written whole under a temporary name in <c>.store</c>, then given its own name in one step, so that a reader sees
/// all of it or none, whenever the writer dies.
/// </summary>
internal sealed class FolderFiles(string root)
{
    private const string TemporaryPrefix = ".tmp-";
    private readonly ConcurrentDictionary<string, byte> _folders = new(StringComparer.Ordinal);
    private readonly string _own = Path.Combine(root, ".store");
    private int _written;

    /// <summary>The file whose lock guards replacing and deleting.</summary>
    public string LockFile => Path.Combine(_own, "lock");

    public string PathOf(string name) =>
        Path.Combine(root, Path.DirectorySeparatorChar == '/' ? name : name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Makes the store's own folder.</summary>
    public void Prepare() => EnsureFolder(_own, durable: true);

    /// <summary>Writes content to a new temporary file and returns its path.</summary>
    public string WriteTemporary(ReadOnlySpan<byte> content, bool durable)
    {
        try
        {
            EnsureFolder(_own, durable);
            return WriteNew(content, durable);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone removed the folder while the store was open.
            _folders.Clear();
            EnsureFolder(_own, durable);
            return WriteNew(content, durable);
        }
    }

    /// <summary>Gives a temporary file its name unless that is taken: true, or false when it is; null where the file system knows no links.</summary>
    public bool? TryPublishNew(string temporary, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        for (var tries = 0; ; tries++)
        {
            EnsureFolder(folder, durable: true);
            if (OperatingSystem.IsWindows())
                return TryMove(temporary, path);
            switch (FileSync.TryLink(temporary, path))
            {
                case FileSync.Link.Done:
                    FileSync.Folder(folder);
                    return true;
                case FileSync.Link.Exists:
                    return false;
                case FileSync.Link.NoFolder when tries == 0:
                    _folders.Clear();
                    continue;
                default:
                    return null;
            }
        }
    }

    /// <summary>Gives a temporary file its name, in place of what has it.</summary>
    public void Publish(string temporary, string path, bool durable)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            EnsureFolder(folder, durable);
            File.Move(temporary, path, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            _folders.Clear();
            EnsureFolder(folder, durable);
            File.Move(temporary, path, overwrite: true);
        }
        if (durable)
            FileSync.Folder(folder);
    }

    /// <summary>Makes published files durable together: one sync of the file system where there is such a call, else each file and folder.</summary>
    public void Barrier(IReadOnlyCollection<string> paths)
    {
        if (FileSync.FileSystemOf(root))
            return;
        foreach (var path in paths)
            Flush(path);
        foreach (var folder in paths.Select(p => Path.GetDirectoryName(p)!).Distinct(StringComparer.Ordinal))
            FileSync.Folder(folder);
    }

    /// <summary>Makes one file that someone wrote durable, and its name.</summary>
    public static void Flush(string path)
    {
        using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.FlushToDisk(handle);
        FileSync.Folder(Path.GetDirectoryName(path)!);
    }

    /// <summary>The content of a file; null when there is none.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            var content = GC.AllocateUninitializedArray<byte>(checked((int)RandomAccess.GetLength(handle)));
            for (var at = 0; at < content.Length;)
            {
                var read = RandomAccess.Read(handle, content.AsSpan(at), at);
                if (read == 0)
                    return content[..at];
                at += read;
            }
            return content;
        }
        catch (Exception e) when (IsMissing(e, path))
        {
            return null;
        }
    }

    /// <summary>Whether an exception says that there is no such file; a folder of that name is no blob either.</summary>
    public static bool IsMissing(Exception e, string path) =>
        e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path));

    /// <summary>Whether a file already has exactly these bytes.</summary>
    public static bool HasContent(string path, ReadOnlySpan<byte> content)
    {
        var info = new FileInfo(path);
        return info.Exists && info.Length == content.Length && TryRead(path) is { } there && content.SequenceEqual(there);
    }

    /// <summary>Deletes what crashed writers left before a time; returns how many files.</summary>
    public int Sweep(DateTimeOffset before)
    {
        if (!Directory.Exists(_own))
            return 0;
        var swept = 0;
        foreach (var file in Directory.EnumerateFiles(_own, TemporaryPrefix + "*"))
        {
            if (File.GetLastWriteTimeUtc(file) >= before.UtcDateTime)
                continue;
            File.Delete(file);
            swept++;
        }
        return swept;
    }

    private string WriteNew(ReadOnlySpan<byte> content, bool durable)
    {
        var (path, handle) = CreateTemporary();
        try
        {
            using (handle)
            {
                RandomAccess.Write(handle, content, 0);
                if (durable)
                    RandomAccess.FlushToDisk(handle);
            }
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    // The process id and a count are unique here; exclusive creation settles the rest (containers that share a folder share ids too).
    private (string Path, Microsoft.Win32.SafeHandles.SafeFileHandle Handle) CreateTemporary()
    {
        while (true)
        {
            var number = Interlocked.Increment(ref _written);
            var path = Path.Combine(_own, string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{Environment.ProcessId}-{number}"));
            try
            {
                return (path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
            }
            catch (IOException) when (File.Exists(path))
            {
            }
        }
    }

    private static bool TryMove(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private void EnsureFolder(string folder, bool durable)
    {
        if (_folders.ContainsKey(folder))
            return;
        if (!Directory.Exists(folder))
        {
            if (Path.GetDirectoryName(folder) is { } above)
                EnsureFolder(above, durable);
            Directory.CreateDirectory(folder);
            if (durable && Path.GetDirectoryName(folder) is { } named)
                FileSync.Folder(named);
        }
        _folders.TryAdd(folder, 0);
    }
}
