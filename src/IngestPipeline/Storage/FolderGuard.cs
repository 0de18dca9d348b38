namespace IngestPipeline.Storage;

/// <summary>Runs the work of a folder store and turns what the file system throws into one clear line: what, where, what to do.</summary>
internal sealed class FolderGuard(string root)
{
    /// <summary>Runs an action on a path.</summary>
    public async Task<T> RunAsync<T>(string action, string path, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsStorage(e))
        {
            throw Describe(e, action, path);
        }
    }

    /// <summary>Runs an action on a path that blocks.</summary>
    public T Run<T>(string action, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsStorage(e))
        {
            throw Describe(e, action, path);
        }
    }

    /// <summary>Walks the store; each step may fail.</summary>
    public IEnumerable<T> Walk<T>(string action, IEnumerable<T> items, CancellationToken cancellation)
    {
        using var walk = items.GetEnumerator();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (!walk.MoveNext())
                    yield break;
            }
            catch (Exception e) when (IsStorage(e))
            {
                throw Describe(e, action, root);
            }
            yield return walk.Current;
        }
    }

    /// <summary>The file that stands where a folder is needed; null when there is none.</summary>
    public static string? FileAt(string path)
    {
        for (var folder = path; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
                return folder;
            if (Directory.Exists(folder))
                return null;
        }
        return null;
    }

    private static bool IsStorage(Exception e) => e is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    private StorageException Describe(Exception e, string action, string path) => e switch
    {
        IOException full when IsFull(full) =>
            new($"Cannot {action} {path}: the disk is full. Free some space, or use another folder; what was written so far is whole.", e),
        IOException readOnly when IsReadOnly(readOnly) =>
            new($"Cannot {action} {path}: the file system is read-only. Use another folder.", e),
        _ when FileAt(Path.GetDirectoryName(path) ?? root) is { } file =>
            new($"Cannot {action} {path}: {file} is a file, not a folder. Move it away, or use another folder.", e),
        _ when path != root && Directory.Exists(path) =>
            new($"Cannot {action} {path}: a folder has that name. Move it away, or use another folder.", e),
        UnauthorizedAccessException or System.Security.SecurityException =>
            new($"Cannot {action} {path}: access denied. Give this user the right to write in {root}, or use another folder.", e),
        PathTooLongException => new($"Cannot {action} {path}: the path is too long. Use a folder with a shorter path.", e),
        _ => new($"Cannot {action} {path}: {e.Message.ReplaceLineEndings(" ")}", e),
    };

    /// <summary>True when there is no space left, or none for this user.</summary>
    // ENOSPC and EDQUOT by their numbers on Linux (28, 122) and macOS (28, 69); on Windows the low word of the HRESULT (112, 39).
    internal static bool IsFull(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 112 or 39 : e.HResult is 28 or 122 or 69;

    private static bool IsReadOnly(IOException e) => !OperatingSystem.IsWindows() && e.HResult == 30;
}
