namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds the articles that are worth comparing with one: by shared anchors, and by headline and address where one is hardly more than a headline.
/// </summary>
internal sealed class CandidateFinder(ArticleTable articles, FingerprintIndex index)
{
    /// <summary>Shared anchors that make two articles worth comparing when neither is hardly more than a headline.</summary>
    private const int LeastShared = 2;

    private readonly FrequentArticles _frequent = new(LeastShared);
    private readonly ArticleCounter _all = new();
    private readonly ArticleCounter _few = new(LeastShared);
    private readonly List<int> _met = [];
    private readonly List<int> _candidates = [];
    private readonly HashSet<int> _thin = [];

    /// <summary>The candidates among all articles of the index; valid until the next call.</summary>
    public IReadOnlyList<int> Find(int number, Fingerprint print)
    {
        _met.Clear();
        index.Meet(print, _met);
        return Choose(number, print, int.MaxValue);
    }

    /// <summary>
    /// Adds an article to the index and finds the candidates among those that are there already, which costs no second look at the postings; valid until the
    /// next call.
    /// </summary>
    public IReadOnlyList<int> Enter(int number, Fingerprint print)
    {
        _met.Clear();
        index.Add(number, print, _met);
        return Choose(number, print, int.MaxValue);
    }

    /// <summary>As <see cref="Enter"/>, of an article of the batch that was added last; valid until the next call.</summary>
    /// <param name="number">The article.</param>
    /// <param name="print">Its fingerprint.</param>
    /// <param name="shared">The anchors that the batch shares.</param>
    public IReadOnlyList<int> FindAdded(int number, Fingerprint print, SharedPostings shared)
    {
        if (!print.IsThin && articles.Count <= FrequentArticles.Places)
        {
            _candidates.Clear();
            ChooseAmongFew(number, shared);
            return ChooseThin(number, print, number);
        }

        _met.Clear();
        index.MeetAdded(number, shared, _met);
        return Choose(number, print, number);
    }

    private List<int> Choose(int number, Fingerprint print, int below)
    {
        _candidates.Clear();
        articles.Counts.Anchors += _met.Count;
        if (print.IsThin)
            ChooseAmongAll(number);
        else
            ChooseAmongFrequent(number);
        return ChooseThin(number, print, below);
    }

    private List<int> ChooseThin(int number, Fingerprint print, int below)
    {
        _thin.Clear();
        index.ThinCandidates(number, print, _thin, below);
        foreach (var other in _thin)
        {
            if (!_candidates.Contains(other))
                _candidates.Add(other);
        }

        return _candidates;
    }

    private void ChooseAmongAll(int number)
    {
        _all.Clear();
        foreach (var other in _met)
            _all.Count(other);
        foreach (var other in _all.Enough)
            Choose(number, other, _all[other]);
    }

    private void ChooseAmongFew(int number, SharedPostings shared)
    {
        _few.Clear();
        index.CountAdded(number, shared, _few);
        articles.Counts.Anchors += _few.Total;
        foreach (var other in _few.Enough)
            Choose(number, other, _few[other]);
        foreach (var other in _few.Met)
        {
            if (_few[other] < LeastShared && articles.IsThin(other))
                Choose(number, other, 1);
        }
    }

    // Of a full window most are met by one anchor, which chance or a quotation gave them: their heads are far apart in memory and are not looked at.
    private void ChooseAmongFrequent(int number)
    {
        foreach (var other in _frequent.In(_met))
            Choose(number, other, _frequent[other]);
        foreach (var other in _met)
        {
            if (articles.IsThin(other) && _frequent[other] < LeastShared)
                Choose(number, other, 1);
        }
    }

    private void Choose(int number, int other, int shared)
    {
        articles.Counts.Met++;
        if (other != number && IsWorthComparing(articles.Head(number), articles.Head(other), shared))
            _candidates.Add(other);
    }

    // Of a tenth of a text shared in long passages about a tenth of its anchors is shared; passages that edits cut short lose up to half of them. Between a
    // text whose every shingle is an anchor and a long one, in which one in nineteen is, it is less than a hundredth.
    private static bool IsWorthComparing(in ArticleHead a, in ArticleHead b, int shared) =>
        shared * (a.Has(ArticleMarks.Dense) == b.Has(ArticleMarks.Dense) ? 20 : 130) >= Math.Min(a.Anchors, b.Anchors)
        && (shared >= LeastShared || ((a.Marks | b.Marks) & ArticleMarks.Thin) != 0);
}
