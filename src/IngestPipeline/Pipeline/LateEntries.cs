using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>The entries that a live run took up later than their polls' dates say (<see cref="LateMark"/>), held back by a replay until then.</summary>
internal sealed class LateEntries(IEnumerable<LateMark> marks)
{
    private readonly Dictionary<(DateTimeOffset Polled, string Feed, string Entry), HeldEntry?> _entries =
        marks.GroupBy(Key).ToDictionary(m => m.Key, _ => (HeldEntry?)null);

    /// <summary>Holds an entry back that its poll shows; false when there is no mark of it.</summary>
    public bool Hold(EntryCandidate candidate, ArticleFeed feed, DateTimeOffset? polled, EntryDisposition disposition)
    {
        if (_entries.Count == 0 || polled is not { } date)
            return false;
        var key = (date, feed.Url, candidate.RequestHash);
        if (!_entries.TryGetValue(key, out var held) || held is not null)
            return false;
        _entries[key] = new(candidate.Request(feed, polled), disposition);
        return true;
    }

    /// <summary>Gives the entry of a mark back; null where no poll has shown it.</summary>
    public HeldEntry? Take(LateMark mark) => _entries.Remove(Key(mark), out var held) ? held : null;

    private static (DateTimeOffset Polled, string Feed, string Entry) Key(LateMark mark) => (mark.Polled, mark.Feed, mark.Entry);
}
