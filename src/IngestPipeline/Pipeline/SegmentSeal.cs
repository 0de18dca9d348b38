using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Says which neighbouring segments become one, so that a pipeline that publishes every minute leaves one segment a day: the segments of a day
/// that is over, and of the running day every <see cref="Together"/> publications. A publication is thus copied twice at most.
/// </summary>
internal static class SegmentSeal
{
    /// <summary>Publications of the running day that are joined.</summary>
    public const int Together = 64;

    /// <summary>The next run of segments to join, as places in the list; null when there is none.</summary>
    public static Range? Next(IReadOnlyList<DecisionSegment> segments)
    {
        for (var start = 0; start < segments.Count;)
        {
            var end = start + 1;
            while (end < segments.Count && segments[end].Day == segments[start].Day)
                end++;
            if (end < segments.Count && end - start > 1)
                return start..end;
            if (end == segments.Count)
            {
                while (start < end && !segments[start].IsSingle)
                    start++;
                return end - start >= Together ? start..end : null;
            }

            start = end;
        }

        return null;
    }
}
