using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>A store for tests of what stands above it; it passes the contract suite like the real ones.</summary>
internal sealed class InMemoryBlobStore : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    public string Location => "memory";

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        lock (_blobs)
            return Task.FromResult(_blobs.TryGetValue(name, out var content) ? new StoredBlob(content, _tags[name]) : null);
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
        Task.FromResult(WriteIf(name, content, there => there is not null && _tags[name] == etag));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        BlobName.Check(name);
        lock (_blobs)
        {
            if (etag is not null && _tags.TryGetValue(name, out var tag) && tag != etag)
                return Task.FromResult(false);
            _blobs.Remove(name);
            _names.Remove(name);
            _tags.Remove(name);
            return Task.FromResult(true);
        }
    }

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default)
    {
        BlobName.CheckPrefix(prefix);
        lock (_blobs)
        {
            // No name has a character beyond the last one.
            var names = prefix.Length == 0 ? _names : _names.GetViewBetween(prefix, prefix + '\uffff');
            return names.Select(n => new BlobItem(n, _blobs[n].Length)).ToList().ToAsyncEnumerable();
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
                Keep(blob.Name, blob.Content);
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
                return new(true, _tags[name]);
            return condition(there) ? new(true, Keep(name, content)) : new(false, there is null ? null : _tags[name]);
        }
    }

    // Called under the lock.
    private string Keep(string name, ReadOnlyMemory<byte> content)
    {
        _blobs[name] = content.ToArray();
        _names.Add(name);
        return _tags[name] = ContentTag.Of(content.Span);
    }
}
