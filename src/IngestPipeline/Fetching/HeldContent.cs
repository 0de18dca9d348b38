using System.Net;

namespace IngestPipeline.Fetching;

/// <summary>A body that is in memory already, handed on as it is: what the framework's own contents give out is a copy each time.</summary>
/// <param name="bytes">The body; nobody may change it any more.</param>
internal sealed class HeldContent(ReadOnlyMemory<byte> bytes) : HttpContent
{
    /// <summary>A content's bytes, copied only where they have to be.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellation) =>
        content is HeldContent held ? held.Bytes : await content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);

    private ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Bytes).AsTask();

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(Bytes, cancellationToken).AsTask();

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = Bytes.Length;
        return true;
    }
}
