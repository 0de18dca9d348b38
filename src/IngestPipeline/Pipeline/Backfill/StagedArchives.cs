using IngestPipeline.Archive;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>The archives of back-fills that this process works on: the index is fetched once, and the captures stay where they are.</summary>
internal sealed class StagedArchives(IBlobStore root, string? temporaryFolder) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, Opened> _opened = new(StringComparer.Ordinal);

    /// <summary>Works with a back-fill's archive.</summary>
    public async Task<T> UseAsync<T>(string id, Staging staging, Func<WebArchive, Task<T>> work, CancellationToken cancellation)
    {
        var opened = await TakeAsync(id, staging, cancellation).ConfigureAwait(false);
        try
        {
            return await work(opened.Archive).ConfigureAwait(false);
        }
        finally
        {
            await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            opened.Users--;
            _gate.Release();
        }
    }

    /// <summary>Lets go of an archive that nobody works with.</summary>
    public async Task DropAsync(string id)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await CloseIdleAsync(other => other == id).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var opened in _opened.Values)
            opened.Archive.DisposeAsync().AsTask().Wait();
        _gate.Dispose();
    }

    private async Task<Opened> TakeAsync(string id, Staging staging, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_opened.TryGetValue(id, out var opened))
            {
                await CloseIdleAsync(_ => true).ConfigureAwait(false);
                _opened[id] = opened = new(await OpenAsync(staging, cancellation).ConfigureAwait(false));
            }

            opened.Users++;
            return opened;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<WebArchive> OpenAsync(Staging staging, CancellationToken cancellation)
    {
        var folder = ArchiveBuilder.CreateFolder(temporaryFolder);
        try
        {
            var path = Path.Combine(folder.Path, "index.db");
            await staging.CopyToFileAsync(Staging.Index, path, cancellation).ConfigureAwait(false);
            return ArchivePart.Open(path, folder, (file, offset) => new StoredFileStream(root, file, offset), cancellation);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private async Task CloseIdleAsync(Func<string, bool> which)
    {
        foreach (var (id, opened) in _opened.Where(o => o.Value.Users == 0 && which(o.Key)).ToList())
        {
            _opened.Remove(id);
            await opened.Archive.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Opened(WebArchive archive)
    {
        public WebArchive Archive { get; } = archive;

        public int Users { get; set; }
    }
}
