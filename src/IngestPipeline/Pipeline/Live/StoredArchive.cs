using IngestPipeline.Archive;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Copies an archive that lies in a store to a temporary folder, where it can be indexed; deleted on dispose.</summary>
public sealed class StoredArchive : IAsyncDisposable
{
    private const int AtOnce = 16;

    private readonly WorkFolder _folder;

    private StoredArchive(WorkFolder folder) => _folder = folder;

    /// <summary>Where the copy is.</summary>
    public string Folder => _folder.Path;

    /// <summary>Copies what lies below a prefix.</summary>
    /// <param name="store">The store.</param>
    /// <param name="prefix">The prefix, such as <c>capture/</c>.</param>
    /// <param name="temporaryFolder">Where; null = the system's folder for temporary files.</param>
    /// <param name="cancellation">Ends the copying; what was copied is deleted.</param>
    /// <exception cref="ArchiveException">Nothing lies there.</exception>
    public static async Task<StoredArchive> CopyAsync(IBlobStore store, string prefix, string? temporaryFolder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(prefix);
        var archive = new StoredArchive(WorkFolder.Create(temporaryFolder));
        try
        {
            var copied = 0;
            await Parallel.ForEachAsync(
                store.ListAsync(prefix, cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (item, token) =>
                {
                    if (await store.OpenReadAsync(item.Name, 0, token).ConfigureAwait(false) is not { } content)
                        return;
                    await using (content.ConfigureAwait(false))
                    {
                        var path = Path.Combine(archive.Folder, item.Name.Replace('/', Path.DirectorySeparatorChar));
                        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                        var file = File.Create(path);
                        await using (file.ConfigureAwait(false))
                            await content.CopyToAsync(file, token).ConfigureAwait(false);
                        Interlocked.Increment(ref copied);
                    }
                }).ConfigureAwait(false);
            return copied > 0
                ? archive
                : throw new ArchiveException($"{store.Location} holds nothing under {prefix}: name a store that \"ingest run\" wrote, or an archive");
        }
        catch
        {
            await archive.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
