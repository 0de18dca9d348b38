using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Names, hashes and reads the blobs of index segments.</summary>
internal static class IndexBlobs
{
    /// <summary>A blob of cards.</summary>
    public static BlobWrite Cards(string day, int sequence, ReadOnlyMemory<byte> cards) =>
        new(StoreNames.IndexCards(day, sequence, ContentTag.Of(cards.Span)), cards);

    /// <summary>A segment and its blob.</summary>
    public static (IndexSegment Segment, BlobWrite Blob) Segment(
        string day, int first, int last, IndexContent content, long newest, IReadOnlyList<CardBlob> cards)
    {
        var bytes = IndexFormat.Write(content);
        var hash = ContentTag.Of(bytes);
        var name = StoreNames.IndexSegment(day, first, last, hash);
        return (new(name, hash, content.Records.Count, first, last, newest, cards), new(name, bytes));
    }

    /// <summary>Reads a segment; null when it is missing, or is not what the manifest names.</summary>
    public static async Task<IndexContent?> ReadAsync(IBlobStore store, IndexSegment segment, CancellationToken cancellation) =>
        await store.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) is { } blob && ContentTag.Of(blob.Content.Span) == segment.Sha256
            ? IndexFormat.Read(blob.Content.Span)
            : null;
}
