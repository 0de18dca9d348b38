namespace IngestPipeline.Storage;

/// <summary>
/// Shows others that a process works on a folder store, for as long as it lives: a lock that many share, and that the system releases when its
/// holder dies, however it dies. Whoever gets the lock for itself alone knows that nobody else works there.
/// </summary>
internal sealed class FolderPresence : IDisposable
{
    private const string Name = "running";
    private const int Looks = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _shared;

    private FolderPresence(FileStream shared) => _shared = shared;

    /// <summary>Becomes present.</summary>
    /// <param name="folder">The store's folder; it is made if need be.</param>
    /// <param name="alone">Done first, if nobody else is present; nobody becomes present meanwhile.</param>
    /// <param name="cancellation">Stops waiting for another that has just started.</param>
    public static async Task<FolderPresence> EnterAsync(string folder, Func<Task> alone, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, ".store", Name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // What has just gone may still be held for a moment, by a process that was being started beside it.
        for (var left = Looks; left > 0; left--)
        {
            if (TryOpen(file, FileAccess.ReadWrite, FileShare.None) is { } sole)
            {
                await using (sole.ConfigureAwait(false))
                    await alone().ConfigureAwait(false);
                break;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }

        // Whoever starts at the same moment may have it alone now, and will not for long.
        while (true)
        {
            if (TryOpen(file, FileAccess.Read, FileShare.Read) is { } shared)
                return new(shared);
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>True while a process is present in a folder.</summary>
    public static bool IsAnyoneIn(string folder)
    {
        var file = Path.Combine(folder, ".store", Name);
        if (!File.Exists(file))
            return false;
        using var sole = TryOpen(file, FileAccess.ReadWrite, FileShare.None);
        return sole is null;
    }

    public void Dispose() => _shared.Dispose();

    private static FileStream? TryOpen(string file, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException e) when (FolderLock.IsHeldElsewhere(e))
        {
            return null;
        }
    }
}
