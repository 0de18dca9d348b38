using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>A store for tests of what stands above it; it passes the contract suite like the real ones.</summary>
internal sealed class InMemoryBlobStore : IBlobStore
{
    private readonly SortedDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);

    public string Location => "memory";

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        lock (_blobs)
            return Task.FromResult(_blobs.TryGetValue(name, out var content) ? new StoredBlob(content, ContentTag.Of(content)) : null);
    }

    public async Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return await ReadAsync(name, cancellation) is { } blob
            ? new MemoryStream(blob.Content[(int)Math.Min(offset, blob.Content.Length)..].ToArray(), writable: false)
            : null;
    }

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
    {
        BlobName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        lock (_blobs)
        {
            if (!_blobs.TryGetValue(name, out var content))
                return null;
            return content.AsMemory((int)Math.Min(offset, content.Length), (int)Math.Min(length, Math.Max(0, content.Length - offset)));
        }
    }

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        Task.FromResult(WriteIf(name, content, there => there is null));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        Task.FromResult(WriteIf(name, content, there => there is not null && ContentTag.Of(there) == etag));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        lock (_blobs)
        {
            if (etag is not null && _blobs.TryGetValue(name, out var there) && ContentTag.Of(there) != etag)
                return Task.FromResult(false);
            _blobs.Remove(name);
            return Task.FromResult(true);
        }
    }

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        lock (_blobs)
        {
            return _blobs.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(b => new BlobItem(b.Key, b.Value.Length)).ToList().ToAsyncEnumerable();
        }
    }

    public Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        foreach (var blob in blobs)
            BlobName.Check(blob.Name);
        var written = 0;
        lock (_blobs)
        {
            foreach (var blob in blobs)
            {
                if (_blobs.TryGetValue(blob.Name, out var there) && blob.Content.Span.SequenceEqual(there))
                    continue;
                _blobs[blob.Name] = blob.Content.ToArray();
                written++;
            }
        }
        return Task.FromResult(written);
    }

    private BlobWriteResult WriteIf(string name, ReadOnlyMemory<byte> content, Func<byte[]?, bool> condition)
    {
        BlobName.Check(name);
        lock (_blobs)
        {
            var there = _blobs.GetValueOrDefault(name);
            if (there is not null && content.Span.SequenceEqual(there))
                return new(true, ContentTag.Of(there));
            if (!condition(there))
                return new(false, there is null ? null : ContentTag.Of(there));
            _blobs[name] = content.ToArray();
            return new(true, ContentTag.Of(content.Span));
        }
    }
}
