using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace IngestPipeline.Storage;

/// <summary>
/// What <see cref="AzureBlobStore"/> asks of single blobs: reads, and writes that settle a refused condition by reading again. Nothing is guarded here.
/// </summary>
internal sealed class AzureBlobCalls(BlobContainerClient container)
{
    /// <summary>Metadata key of a blob's SHA-256, by which a batch knows what it need not write.</summary>
    private const string TagKey = "sha256";

    /// <summary>Above this size, in bytes, a batch asks what stands there before it sends the content.</summary>
    private const int AskFirst = 256 * 1024;

    /// <summary>A blob; null when there is none.</summary>
    public async Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var reply = await container.GetBlobClient(name).DownloadContentAsync(cancellation).ConfigureAwait(false);
            return new(reply.Value.Content.ToMemory(), reply.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException e) when (AzureGuard.IsMissing(e))
        {
            return null;
        }
    }

    /// <summary>A blob's ETag; null when there is none.</summary>
    public async Task<string?> ETagAsync(string name, CancellationToken cancellation) =>
        (await PropertiesAsync(name, cancellation).ConfigureAwait(false))?.ETag.ToString();

    /// <summary>A blob's SHA-256 as its metadata has it; empty for a blob that another tool wrote, null when there is none.</summary>
    public async Task<string?> TagOfAsync(string name, CancellationToken cancellation) =>
        await PropertiesAsync(name, cancellation).ConfigureAwait(false) is { } properties
            ? properties.Metadata.TryGetValue(TagKey, out var tag) ? tag : ""
            : null;

    /// <summary>Writes a blob under a condition. Where that is refused, our own content standing there is success.</summary>
    public async Task<BlobWriteResult> WriteIfAsync(
        string name, ReadOnlyMemory<byte> content, BlobRequestConditions conditions, bool mayMakeContainer, CancellationToken cancellation)
    {
        try
        {
            return new(true, await UploadAsync(name, content, conditions, mayMakeContainer, cancellation).ConfigureAwait(false));
        }
        catch (RequestFailedException e) when (AzureGuard.IsRefusedCondition(e) || AzureGuard.IsMissing(e))
        {
            var there = await ReadAsync(name, cancellation).ConfigureAwait(false);
            return new(there is not null && there.Content.Span.SequenceEqual(content.Span), there?.ETag);
        }
    }

    /// <summary>Writes a blob unless the same content stands there. True when it was written.</summary>
    public async Task<bool> WriteIfOtherAsync(BlobWrite blob, CancellationToken cancellation)
    {
        if (blob.Content.Length <= AskFirst)
        {
            try
            {
                var isNew = new BlobRequestConditions { IfNoneMatch = ETag.All };
                await UploadAsync(blob.Name, blob.Content, isNew, mayMakeContainer: true, cancellation).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (AzureGuard.IsRefusedCondition(e))
            {
                // Something stands there; what, is asked below.
            }
        }
        if (await TagOfAsync(blob.Name, cancellation).ConfigureAwait(false) == ContentTag.Of(blob.Content.Span))
            return false;
        await UploadAsync(blob.Name, blob.Content, conditions: null, mayMakeContainer: true, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes the container unless it exists.</summary>
    public Task MakeContainerAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    private async Task<BlobProperties?> PropertiesAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value;
        }
        catch (RequestFailedException e) when (AzureGuard.IsMissing(e))
        {
            return null;
        }
    }

    private async Task<string> UploadAsync(
        string name, ReadOnlyMemory<byte> content, BlobRequestConditions? conditions, bool mayMakeContainer, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypes.Of(name) },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [TagKey] = ContentTag.Of(content.Span) },
        };
        try
        {
            return await SendAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (mayMakeContainer && e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await MakeContainerAsync(cancellation).ConfigureAwait(false);
            return await SendAsync().ConfigureAwait(false);
        }

        async Task<string> SendAsync()
        {
            var reply = await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellation).ConfigureAwait(false);
            return reply.Value.ETag.ToString();
        }
    }
}
