namespace IngestPipeline.Deduplication;

/// <summary>Finds the articles that are worth comparing with one: by shared anchors, and by headline and address where one is hardly more than a headline.</summary>
internal sealed class CandidateFinder(ArticleTable articles, FingerprintIndex index)
{
    private readonly ArticleCounter _shared = new();
    private readonly List<int> _candidates = [];
    private readonly HashSet<int> _thin = [];

    /// <summary>The candidates among all articles of the index; valid until the next call.</summary>
    public IReadOnlyList<int> Find(int number, Fingerprint print)
    {
        _shared.Clear();
        index.Count(print, _shared);
        return Choose(number, print);
    }

    /// <summary>Adds an article to the index and finds the candidates among those that are there already, which costs no second look at the postings; valid until the next call.</summary>
    public IReadOnlyList<int> Enter(int number, Fingerprint print)
    {
        _shared.Clear();
        index.Add(number, print, _shared);
        return Choose(number, print);
    }

    private List<int> Choose(int number, Fingerprint print)
    {
        _candidates.Clear();
        (articles.Counts.Anchors, articles.Counts.Met) = (articles.Counts.Anchors + _shared.Total, articles.Counts.Met + _shared.Met);
        foreach (var other in _shared.Enough)
        {
            if (other != number && IsWorthComparing(articles.Head(number), articles.Head(other), _shared[other]))
                _candidates.Add(other);
        }

        _thin.Clear();
        index.ThinCandidates(number, print, _thin);
        foreach (var other in _thin)
        {
            if (!_candidates.Contains(other))
                _candidates.Add(other);
        }

        return _candidates;
    }

    // Of a tenth of a text shared in long passages about a tenth of its anchors is shared; passages that edits cut short lose more. Between a text whose
    // every shingle is an anchor and a long one, in which one in nineteen is, it is less than a hundredth.
    private static bool IsWorthComparing(in ArticleHead a, in ArticleHead b, int shared) =>
        shared * (a.Has(ArticleMarks.Dense) == b.Has(ArticleMarks.Dense) ? 40 : 130) >= Math.Min(a.Anchors, b.Anchors)
        && (shared >= 2 || ((a.Marks | b.Marks) & ArticleMarks.Thin) != 0);
}
