using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace IngestPipeline.Storage;

/// <summary>
/// A blob store in a container of Azure Blob Storage. Conditions are the service's own (<c>If-None-Match</c>, <c>If-Match</c>); the one retry
/// layer is the client's. A retry after a lost reply meets its own write, so a refused condition is settled by reading again: our content
/// standing there is success. The container is made when a write finds it missing.
/// </summary>
public sealed class AzureBlobStore : IBlobStore
{
    private const int Parallelism = 16;

    private readonly BlobContainerClient _container;
    private readonly AzureBlobCalls _calls;
    private readonly AzureGuard _guard;
    private readonly int? _pageSize;

    /// <summary>Opens a store over a container, which need not exist yet.</summary>
    public AzureBlobStore(BlobContainerClient container)
        : this(container, pageSize: null)
    {
    }

    internal AzureBlobStore(BlobContainerClient container, int? pageSize)
    {
        ArgumentNullException.ThrowIfNull(container);
        _container = container;
        _calls = new(container);
        _pageSize = pageSize;
        // Never the query: it may be a shared access signature.
        Location = container.Uri.GetLeftPart(UriPartial.Path);
        _guard = new AzureGuard(Location, container.Uri);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation = default) => _guard.RunAsync(
        async () =>
        {
            try
            {
                // A container's signature lets its holder list blobs, but not ask for the container itself.
                var pages = _container.GetBlobsAsync(cancellationToken: cancellation).AsPages(pageSizeHint: 1);
                await pages.Take(1).CountAsync(cancellation).ConfigureAwait(false);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await _calls.MakeContainerAsync(cancellation).ConfigureAwait(false);
            }
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        return _guard.RunAsync(() => _calls.ReadAsync(name, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<string?> ETagAsync(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        return _guard.RunAsync(() => _calls.ETagAsync(name, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return _guard.RunAsync<Stream?>(
            async () =>
            {
                try
                {
                    var options = new BlobDownloadOptions { Range = offset == 0 ? default : new HttpRange(offset) };
                    var reply = await _container.GetBlobClient(name).DownloadStreamingAsync(options, cancellation).ConfigureAwait(false);
                    return reply.Value.Content;
                }
                catch (RequestFailedException e) when (AzureGuard.IsMissing(e))
                {
                    return null;
                }
                catch (RequestFailedException e) when (e.Status == 416)
                {
                    return Stream.Null;
                }
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
    {
        BlobName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return _guard.Run<ReadOnlyMemory<byte>?>(() =>
        {
            try
            {
                return _container.GetBlobClient(name)
                    .DownloadContent(new BlobDownloadOptions { Range = new HttpRange(offset, length) }).Value.Content.ToMemory();
            }
            catch (RequestFailedException e) when (AzureGuard.IsMissing(e))
            {
                return null;
            }
            catch (RequestFailedException e) when (e.Status == 416)
            {
                return ReadOnlyMemory<byte>.Empty;
            }
        });
    }

    /// <inheritdoc/>
    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
        return _guard.RunAsync(() => _calls.WriteIfAsync(name, content, conditions, mayMakeContainer: true, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        ArgumentNullException.ThrowIfNull(etag);
        var conditions = new BlobRequestConditions { IfMatch = new ETag(etag) };
        return _guard.RunAsync(() => _calls.WriteIfAsync(name, content, conditions, mayMakeContainer: false, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        var conditions = etag is null ? null : new BlobRequestConditions { IfMatch = new ETag(etag) };
        return _guard.RunAsync(
            async () =>
            {
                var blob = _container.GetBlobClient(name);
                try
                {
                    await blob.DeleteAsync(DeleteSnapshotsOption.None, conditions, cancellation).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException e) when (AzureGuard.IsMissing(e))
                {
                    return true;
                }
                catch (RequestFailedException e) when (AzureGuard.IsRefusedCondition(e))
                {
                    // Also the answer to If-Match where nothing stands any more.
                    return await _calls.TagOfAsync(name, cancellation).ConfigureAwait(false) is null;
                }
            },
            cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        return _guard.WalkAsync(
            _container.GetBlobsAsync(prefix: prefix, cancellationToken: cancellation).AsPages(pageSizeHint: _pageSize),
            page => page.Values.Select(b => new BlobItem(b.Name, b.Properties.ContentLength ?? 0)),
            cancellation);
    }

    /// <inheritdoc/>
    public async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        // A name given twice would race with itself: the last one counts, as in a folder.
        var last = new Dictionary<string, BlobWrite>(StringComparer.Ordinal);
        foreach (var blob in blobs)
        {
            BlobName.Check(blob.Name);
            last[blob.Name] = blob;
        }

        var written = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(last.Values, options, async (blob, stop) =>
        {
            if (await _guard.RunAsync(() => _calls.WriteIfOtherAsync(blob, stop), stop).ConfigureAwait(false))
                Interlocked.Increment(ref written);
        }).ConfigureAwait(false);
        return written;
    }
}
