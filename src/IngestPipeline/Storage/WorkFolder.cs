namespace IngestPipeline.Storage;

/// <summary>
/// A folder for temporary files, deleted with its owner. An owner that is killed deletes nothing: so a locked file stands beside each folder, the system
/// releases the lock when its holder dies, and whoever makes the next folder in the same place deletes those that nobody holds.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "ingest-";
    private const string Ending = ".lock";

    private readonly FileStream _held;

    private WorkFolder(string path, FileStream held) => (Path, _held) = (path, held);

    /// <summary>The folder's path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and deletes what the dead left.</summary>
    /// <param name="parent">Where; null = the system's folder for temporary files.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made there.</exception>
    public static WorkFolder Create(string? parent)
    {
        parent = System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());
        Directory.CreateDirectory(parent);
        Sweep(parent);
        while (true)
        {
            var path = System.IO.Path.Combine(parent, Prefix + System.IO.Path.GetRandomFileName());
            // Between making and locking the file another's sweep may take it.
            if (TryHold(path + Ending, FileMode.CreateNew) is not { } held)
                continue;
            // It holds what was fetched: nobody else on the machine need read that.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path);
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new(path, held);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Delete(Path);
        _held.Dispose();
    }

    private static void Sweep(string parent)
    {
        foreach (var file in Directory.EnumerateFiles(parent, Prefix + "*" + Ending))
        {
            using var held = TryHold(file, FileMode.Open);
            if (held is not null)
                Delete(file[..^Ending.Length]);
        }
    }

    // Who holds it deletes it at the end, the folder before it.
    private static FileStream? TryHold(string file, FileMode mode)
    {
        try
        {
            return new FileStream(file, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (mode == FileMode.Open ? e is IOException or UnauthorizedAccessException : e is IOException io && FolderLock.IsHeldElsewhere(io))
        {
            return null;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stays behind in the folder for temporary files costs room and nothing else.
        }
    }
}
