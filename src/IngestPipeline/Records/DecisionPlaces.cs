using System.Runtime.InteropServices;
using IngestPipeline.Deduplication;
using IngestPipeline.Storage;

namespace IngestPipeline.Records;

/// <summary>The places of a segment's lines, in their order: what lets single decisions be read by ranges. Derived from the segment.</summary>
internal static class DecisionPlaces
{
    /// <summary>The places of the lines of a segment.</summary>
    public static DecisionPlace[] Of(ReadOnlyMemory<byte> segment) => Of(DecisionLines.Read(segment), segment.Span);

    /// <summary>The same where its decisions are at hand.</summary>
    public static DecisionPlace[] Of(IReadOnlyList<PublishedDecision> decisions, ReadOnlySpan<byte> segment)
    {
        var (places, start) = (new DecisionPlace[decisions.Count], 0);
        for (var n = 0; n < places.Length; n++)
        {
            var length = segment[start..].IndexOf((byte)'\n');
            places[n] = Of(decisions[n], start, length);
            start += length + 1;
        }

        return places;
    }

    /// <summary>The place of a decision's line.</summary>
    public static DecisionPlace Of(PublishedDecision decision, int offset, int length) => new(
        IdKey.Of(decision.Id),
        IdKey.Of(decision.Decision.CanonicalId),
        decision.FirstSeen?.UtcTicks ?? ArticleHead.Undated,
        (uint)offset,
        decision.IsRemoval ? -length : length);

    /// <summary>A segment that names its places, and their blob.</summary>
    public static DecisionSegment Named(DecisionSegment segment, DecisionPlace[] places, out BlobWrite blob)
    {
        var bytes = Write(places);
        var name = StoreNames.DecisionPlaces(segment, ContentTag.Of(bytes));
        blob = new(name, bytes);
        return segment with { Places = name };
    }

    /// <summary>The bytes of places.</summary>
    public static byte[] Write(DecisionPlace[] places) => MemoryMarshal.AsBytes(places.AsSpan()).ToArray();

    /// <summary>Places from their bytes; null when these are none.</summary>
    public static DecisionPlace[]? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length % System.Runtime.CompilerServices.Unsafe.SizeOf<DecisionPlace>() == 0 ? MemoryMarshal.Cast<byte, DecisionPlace>(bytes).ToArray() : null;
}
