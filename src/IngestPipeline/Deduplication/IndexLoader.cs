namespace IngestPipeline.Deduplication;

/// <summary>Fills an empty window from segments of the index, the latest first, so that what stands above is met first.</summary>
internal sealed class IndexLoader(ArticleTable articles, CopyWindow window)
{
    private readonly Dictionary<ulong, ArticleMarks> _marks = [];
    private readonly HashSet<ulong> _stale = [];
    private IndexContent? _latest;

    /// <summary>Takes a segment.</summary>
    /// <param name="content">The segment.</param>
    /// <param name="cards">The segment's card files as the window's card file numbers them.</param>
    public void Take(IndexContent content, IReadOnlyList<ushort> cards)
    {
        if (_latest is null)
            _stale.UnionWith((_latest = content).Stale);
        var loaded = new List<(int, IndexRecord)>(content.Records.Count);
        foreach (var record in content.Records)
        {
            var head = record.Head;
            if (articles.Has(head.IdKey) || !_latest.Cover.Holds(head.Seen))
                continue;
            if (_marks.Remove(head.IdKey, out var marks))
                head.Marks = marks;
            // Its telling words stand in the index as they were before its weights changed. The next batch tells them anew, and could not say which of these to
            // take out.
            if (_stale.Contains(head.IdKey))
                head.Marks &= ~(ArticleMarks.Telling | ArticleMarks.StoryRelated);
            head.Card = head.Card with { Segment = cards[head.Card.Segment] };
            loaded.Add((articles.Load(head), record));
        }

        foreach (var (key, marks) in content.Marks)
        {
            if (!articles.Has(key))
                _marks.TryAdd(key, marks);
        }

        window.Load(loaded);
    }

    /// <summary>All segments were taken.</summary>
    public void Finish() => window.Loaded(
        _latest?.Stale.Select(articles.NumberOf).OfType<int>() ?? [],
        _latest?.Affected.Select(articles.NumberOf).OfType<int>() ?? []);
}
