namespace IngestPipeline.Storage;

/// <summary>
/// One writer at a time among the tasks and the processes that share a folder. The system releases the file's lock when its holder dies,
/// so a crashed writer blocks nobody.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore whose wait handle nobody asked for holds nothing to dispose of.")]
internal sealed class FolderLock(string file)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _here = new(1, 1);

    /// <summary>Waits for the lock; dispose the result to release it.</summary>
    /// <exception cref="StorageException">Another process has held it for a minute.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _here.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Other processes cannot signal us, so the wait for them is a short poll; within the process the semaphore queues fairly.
            for (var waited = TimeSpan.Zero; ;)
            {
                if (TryOpen() is { } held)
                    return new Held(held, _here);
                if (waited > Patience)
                    throw new StorageException($"Another process holds the lock {file}; end it, or write to another folder.");
                var pause = TimeSpan.FromMilliseconds(waited < TimeSpan.FromMilliseconds(50) ? 1 : 10);
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
                waited += pause;
            }
        }
        catch
        {
            _here.Release();
            throw;
        }
    }

    private FileStream? TryOpen()
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && IsHeldElsewhere(e))
        {
            return null;
        }
    }

    // A sharing violation: EWOULDBLOCK of flock(2) on Linux and on macOS and the BSDs; ERROR_SHARING_VIOLATION on Windows.
    public static bool IsHeldElsewhere(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;

    private sealed class Held(FileStream stream, SemaphoreSlim here) : IDisposable
    {
        public void Dispose()
        {
            stream.Dispose();
            here.Release();
        }
    }
}
