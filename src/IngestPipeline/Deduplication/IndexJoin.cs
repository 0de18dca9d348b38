namespace IngestPipeline.Deduplication;

/// <summary>Makes one segment of several that follow each other; it says of every article in the window what they say together.</summary>
internal static class IndexJoin
{
    /// <summary>Joins segments.</summary>
    /// <param name="segments">The segments, the earliest first, each card placed in the joined segment's files.</param>
    /// <param name="cover">The window as it is now: what has left it since is left out.</param>
    public static IndexContent Join(IReadOnlyList<IndexContent> segments, IndexCover cover)
    {
        var marks = new SortedDictionary<ulong, ArticleMarks>();
        var records = new Dictionary<ulong, IndexRecord>();
        foreach (var segment in segments.Reverse())
        {
            foreach (var record in segment.Records)
            {
                var head = record.Head;
                if (records.ContainsKey(head.IdKey) || !cover.Holds(head.Seen))
                    continue;
                if (marks.Remove(head.IdKey, out var later))
                    head.Marks = later;
                record.Head = head;
                records.Add(head.IdKey, record);
            }

            foreach (var (key, later) in segment.Marks)
            {
                if (!records.ContainsKey(key))
                    marks.TryAdd(key, later);
            }
        }

        var last = segments[^1];
        return new(
            last.Cover, last.Stale, last.Affected, [.. marks.Select(m => (m.Key, m.Value))],
            [.. records.Values.OrderBy(r => r.Head.Seen).ThenBy(r => r.Head.IdKey)]);
    }
}
