using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>A decision segment without what it says of articles that were taken out.</summary>
internal static class SegmentCompaction
{
    /// <summary>The segment and its content as they shall be; null when there is nothing to take out. The numbers of its publications stay.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="content">Its content.</param>
    /// <param name="isKnown">True for the id of an article that is there.</param>
    public static (DecisionSegment Segment, byte[] Content)? Compact(DecisionSegment segment, ReadOnlyMemory<byte> content, Func<string, bool> isKnown)
    {
        var lines = DecisionLines.Read(content);
        var kept = lines.Where(l => isKnown(l.Id)).Select(l => WithoutOther(l, isKnown)).ToList();
        if (kept.SequenceEqual(lines))
            return null;
        var bytes = DecisionLines.Write(kept);
        var sha = ContentTag.Of(bytes);
        var name =
            segment.IsSingle ? StoreNames.Decisions(segment.Day, segment.First, sha) : StoreNames.Decisions(segment.Day, segment.First, segment.Last, sha);
        return (segment with { Name = name, Sha256 = sha, Decisions = kept.Count }, bytes);
    }

    // Of an earlier comparison with it, its id and the figures stay.
    private static PublishedDecision WithoutOther(PublishedDecision line, Func<string, bool> isKnown) =>
        line.Decision.Evidence is not { } evidence || isKnown(evidence.OtherId) || evidence is { OtherAgency: null, Passages.Count: 0 }
            ? line
            : line with { Decision = line.Decision with { Evidence = evidence with { OtherAgency = null, Passages = Deduplication.SharedPassages.None } } };
}
