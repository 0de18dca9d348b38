using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>
/// A store whose batches are written last first, as one that writes many at once may do, and that notes records which a segment of the changes log names before
/// they are there.
/// </summary>
internal sealed class UnorderedStore(IBlobStore inner, List<string> missing) : WrappedStore(inner)
{
    public override async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var written = 0;
        foreach (var blob in blobs.Reverse())
        {
            written += await Wrapped.WriteBatchAsync([blob], cancellation);
            if (!blob.Name.StartsWith("changes/", StringComparison.Ordinal))
                continue;
            foreach (var line in JsonLines.Split(blob.Content))
            {
                if (RecordChange.Read(line.Span, 1) is { } change && await Wrapped.ReadAsync(change.Record, cancellation) is null)
                    missing.Add(change.Record);
            }
        }

        return written;
    }
}
