using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>
/// A store whose batches are written last first, as one that writes many at once may do, and that notes records which a segment of the changes log names before
/// they are there.
/// </summary>
internal sealed class UnorderedStore(IBlobStore inner, List<string> missing) : IBlobStore
{
    public string Location => inner.Location;

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) => inner.ReadAsync(name, cancellation);

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        inner.OpenReadAsync(name, offset, cancellation);

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => inner.ReadRange(name, offset, length);

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        inner.CreateAsync(name, content, cancellation);

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        inner.ReplaceAsync(name, content, etag, cancellation);

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) => inner.DeleteAsync(name, etag, cancellation);

    public async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var written = 0;
        foreach (var blob in blobs.Reverse())
        {
            written += await inner.WriteBatchAsync([blob], cancellation);
            if (!blob.Name.StartsWith("changes/", StringComparison.Ordinal))
                continue;
            foreach (var line in JsonLines.Split(blob.Content))
            {
                if (RecordChange.Read(line.Span, 1) is { } change && await inner.ReadAsync(change.Record, cancellation) is null)
                    missing.Add(change.Record);
            }
        }

        return written;
    }
}
