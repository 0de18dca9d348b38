using System.Collections.Concurrent;
using System.Globalization;

namespace IngestPipeline.Storage;

/// <summary>
/// How a blob becomes a file: written whole under a temporary name in <c>.store</c>, then given its own name in one step, so that a reader sees
/// all of it or none, whenever the writer dies.
/// </summary>
internal sealed class FolderFiles(string root, FileCalls calls)
{
    private const string TemporaryPrefix = ".tmp-";
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private readonly string _own = Path.Combine(root, ".store");
    private int _written;

    /// <summary>A file whose lock guards replacing and deleting; several, so that writers of different names seldom wait for each other.</summary>
    public string LockFile(int number) => Path.Combine(_own, string.Create(CultureInfo.InvariantCulture, $"lock-{number:x}"));

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
            switch (calls.Link(temporary, path))
            {
                case FileSync.Link.Done:
                    calls.SyncFolder(folder);
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
            calls.Move(temporary, path);
        }
        catch (DirectoryNotFoundException)
        {
            _folders.Clear();
            EnsureFolder(folder, durable);
            calls.Move(temporary, path);
        }
        if (durable)
            calls.SyncFolder(folder);
    }

    /// <summary>Makes published files durable together: one sync of the file system where there is such a call, else each file and folder.</summary>
    public void Barrier(IReadOnlyCollection<string> paths)
    {
        if (calls.SyncAll(root))
            return;
        foreach (var path in paths)
            calls.Flush(path);
        foreach (var folder in paths.Select(p => Path.GetDirectoryName(p)!).Distinct(StringComparer.Ordinal))
        {
            EnsureFolder(folder, durable: true);
            calls.SyncFolder(folder);
        }
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
                calls.Write(handle, path, content);
                if (durable)
                    calls.Flush(handle, path);
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
            catch (IOException e) when (IsTaken(e))
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
        catch (IOException e) when (IsTaken(e))
        {
            return false;
        }
    }

    // EEXIST; ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS. Looking whether the file is there would miss one that was moved away meanwhile.
    private static bool IsTaken(IOException e) => OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 80 or 183 : e.HResult == 17;

    private void EnsureFolder(string folder, bool durable)
    {
        if (_folders.TryGetValue(folder, out var isDurable) && (isDurable || !durable))
            return;
        var isThere = Directory.Exists(folder);
        var above = Path.GetDirectoryName(folder);
        if (above is not null && (!isThere || (durable && folder.Length > root.Length)))
            EnsureFolder(above, durable);
        if (!isThere)
            calls.MakeFolder(folder);
        // Also where it is there: whoever made it need not have made its name durable, as a batch does only in the end.
        if (durable && above is not null)
            calls.SyncFolder(above);
        _folders[folder] = durable || isDurable;
    }
}
