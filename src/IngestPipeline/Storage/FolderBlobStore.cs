namespace IngestPipeline.Storage;

/// <summary>
/// A blob store in a folder: a blob is a file at its name. A create is truly atomic (link(2) fails when the name is taken), replacing and
/// deleting are guarded by a lock that holds across processes, an ETag is the SHA-256 of the content, and each single write is on the disk
/// when its call returns: temporary file, sync, name, sync of the folder. A batch has one sync barrier for all its blobs.
/// </summary>
public sealed class FolderBlobStore : IBlobStore
{
    /// <summary>A temporary file older than this has no writer any more.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    private const int Locks = 16;

    private readonly FileCalls _calls;
    private readonly FolderFiles _files;
    private readonly FolderGuard _guard;
    private readonly FolderLock[] _locks;
    private readonly TimeProvider _time;

    /// <summary>Opens a store; the folder is made by the first write.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="time">Tells leftovers of crashed writers by their age; the system's clock when null.</param>
    /// <exception cref="StorageException">The path, or one above it, is a file.</exception>
    public FolderBlobStore(string root, TimeProvider? time = null)
        : this(root, time, new FileCalls())
    {
    }

    internal FolderBlobStore(string root, TimeProvider? time, FileCalls calls)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Location = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _calls = calls;
        _files = new FolderFiles(Location, calls);
        _guard = new FolderGuard(Location);
        _locks = [.. Enumerable.Range(0, Locks).Select(n => new FolderLock(_files.LockFile(n)))];
        _time = time ?? TimeProvider.System;
        if (FolderGuard.FileAt(Location) is { } file)
            throw new StorageException($"Cannot use {Location} as a store: {file} is a file, not a folder. Move it away, or use another folder.");
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation = default) => _guard.RunAsync("write in", Location, () =>
    {
        File.Delete(_files.WriteTemporary([], durable: true));
        return Task.FromResult(_files.Sweep(_time.GetUtcNow() - LeftoverAge));
    });

    /// <inheritdoc/>
    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        cancellation.ThrowIfCancellationRequested();
        return _guard.RunAsync("read", path, () => Task.FromResult(FileContent.TryRead(path) is { } content
            ? new StoredBlob(content, ContentTag.Of(content))
            : null));
    }

    /// <inheritdoc/>
    public Task<string?> ETagAsync(string name, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        cancellation.ThrowIfCancellationRequested();
        return _guard.RunAsync("read", path, () => Task.FromResult(FileContent.TryTag(path)));
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancellation.ThrowIfCancellationRequested();
        return _guard.RunAsync("read", path, () => Task.FromResult<Stream?>(OpenAt(path, offset)));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
    {
        var path = Checked(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return _guard.Run("read", path, () => FileContent.TryRead(path, offset, length) is { } content ? content : (ReadOnlyMemory<byte>?)null);
    }

    /// <inheritdoc/>
    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        return Task.Run(
            () => _guard.RunAsync("create", path, async () =>
            {
                if (FileContent.TryRead(path) is not { } there)
                {
                    if (await TryCreateAsync(path, content, cancellation).ConfigureAwait(false))
                        return new BlobWriteResult(true, ContentTag.Of(content.Span));
                    // The winner of the race; should it be deleted already, the name was taken all the same.
                    there = FileContent.TryRead(path);
                }
                if (there is null)
                    return new BlobWriteResult(false, null);
                return AlreadyThere(path, there, content.Span);
            }),
            cancellation);
    }

    /// <inheritdoc/>
    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        ArgumentNullException.ThrowIfNull(etag);
        return Task.Run(
            () => _guard.RunAsync("replace", path, async () =>
            {
                if (!File.Exists(path))
                    return new BlobWriteResult(false, null);
                using var held = await EnterAsync(path, cancellation).ConfigureAwait(false);
                if (FileContent.TryRead(path) is not { } there)
                    return new BlobWriteResult(false, null);
                if (content.Span.SequenceEqual(there) || ContentTag.Of(there) != etag)
                    return AlreadyThere(path, there, content.Span);
                PublishOver(path, content.Span, durable: true);
                return new BlobWriteResult(true, ContentTag.Of(content.Span));
            }),
            cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        var path = Checked(name);
        return _guard.RunAsync("delete", path, async () =>
        {
            if (!File.Exists(path))
                return true;
            using var held = await EnterAsync(path, cancellation).ConfigureAwait(false);
            if (etag is not null && FileContent.TryRead(path) is { } there && ContentTag.Of(there) != etag)
                return false;
            _calls.Delete(path);
            return true;
        });
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        return _guard.Walk("list", FolderListing.Walk(Location, prefix), cancellation).ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var paths = blobs.Select(b => Checked(b.Name)).ToList();
        if (paths.Count == 0)
            return Task.FromResult(0);
        return Task.Run(
            () => _guard.RunAsync("write in", Location, () =>
            {
                var written = 0;
                for (var i = 0; i < paths.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (FileContent.HasContent(paths[i], blobs[i].Content.Span))
                        continue;
                    PublishOver(paths[i], blobs[i].Content.Span, durable: false);
                    written++;
                }
                // Also when nothing was written here: what stands there may be of a writer that died before its own barrier.
                _files.Barrier(paths);
                return Task.FromResult(written);
            }),
            cancellation);
    }

    private static FileStream? OpenAt(string path, long offset)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = Math.Min(offset, stream.Length);
            return stream;
        }
        catch (Exception e) when (FileContent.IsMissing(e, path))
        {
            return null;
        }
    }

    // What stands there with our content counts as ours, and must be as durable as if we had written it.
    private BlobWriteResult AlreadyThere(string path, ReadOnlySpan<byte> there, ReadOnlySpan<byte> content)
    {
        var same = content.SequenceEqual(there);
        if (same)
        {
            _calls.Flush(path);
            _calls.SyncFolder(Path.GetDirectoryName(path)!);
        }
        return new(same, ContentTag.Of(there));
    }

    private async Task<bool> TryCreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var temporary = _files.WriteTemporary(content.Span, durable: true);
        try
        {
            if (_files.TryPublishNew(temporary, path) is { } published)
                return published;
            // No hard links here: every creator comes this way then, and the lock makes one of them the first.
            using var held = await EnterAsync(path, cancellation).ConfigureAwait(false);
            if (File.Exists(path))
                return false;
            _files.Publish(temporary, path, durable: true);
            return true;
        }
        finally
        {
            _calls.Delete(temporary);
        }
    }

    private void PublishOver(string path, ReadOnlySpan<byte> content, bool durable)
    {
        var temporary = _files.WriteTemporary(content, durable);
        try
        {
            _files.Publish(temporary, path, durable);
        }
        catch
        {
            _calls.Delete(temporary);
            throw;
        }
    }

    // Every process must take the same lock for a name, also where the file system ignores case. FNV-1a: string's own hash differs by process.
    private Task<IDisposable> EnterAsync(string path, CancellationToken cancellation)
    {
        _files.Prepare();
        var hash = 2166136261u;
        foreach (var c in path.AsSpan(Location.Length))
            hash = (hash ^ char.ToLowerInvariant(c)) * 16777619u;
        return _locks[(hash >> 16) % Locks].EnterAsync(cancellation);
    }

    private string Checked(string name)
    {
        BlobName.Check(name);
        return _files.PathOf(name);
    }
}
