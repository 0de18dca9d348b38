using System.Buffers;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds the articles that share anchors with one, and knows which anchors a site repeats. What it answers depends on the set of articles
/// it holds and not on the order in which they were added.
/// </summary>
internal sealed class FingerprintIndex(ArticleTable articles)
{
    // One posting an article: pages of some hundred at a million.
    private const int FewPages = 12;

    // Some eighty postings an article, each of which moves half of its page.
    private const int ManyPages = 17;

    private readonly PostingTable _anchors = new(ManyPages);
    private readonly AnchorSet _repeated = new();
    private readonly PostingTable _headlines = new(FewPages);
    private readonly PostingTable _addresses = new(FewPages);
    private readonly HashSet<uint> _touched = [];
    private (PostingBuffer Anchors, PostingBuffer Headlines, PostingBuffer Addresses)? _loading;
    private readonly List<int> _found = [];
    private readonly SiteRepetition _repetition = new(articles);

    /// <summary>Bytes of the postings.</summary>
    public long Bytes => _anchors.Bytes + _headlines.Bytes + _addresses.Bytes + _repeated.Bytes;

    /// <summary>Adds an article, and meets those that are there already as <see cref="Meet"/> does.</summary>
    public void Add(int article, Fingerprint print, List<int> met)
    {
        if (print.TitleKey != 0)
            _headlines.Add(Posting(print.TitleKey), article);
        if (print.Address != 0)
            _addresses.Add(Posting(print.Address), article);
        _anchors.Fetch(print.AnchorHashes);
        foreach (var anchor in print.DistinctAnchors)
        {
            if (_anchors.Add(anchor, article, Counts(anchor) ? met : null) >= SiteRepetition.LeastArticles)
                _touched.Add(anchor);
        }
    }

    /// <summary>Adds a batch, and tells which anchors its articles share, for <see cref="MeetAdded"/>.</summary>
    public SharedPostings AddBatch(IReadOnlyList<(int Article, Fingerprint Print)> batch)
    {
        var anchors = ArrayPool<ulong>.Shared.Rent(batch.Sum(a => a.Print.DistinctAnchors.Length));
        var count = 0;
        var (headlines, addresses) = (new List<ulong>(batch.Count), new List<ulong>(batch.Count));
        foreach (var (article, print) in batch)
        {
            if (print.TitleKey != 0)
                headlines.Add(PostingTable.Of(Posting(print.TitleKey), article));
            if (print.Address != 0)
                addresses.Add(PostingTable.Of(Posting(print.Address), article));
            foreach (var anchor in print.DistinctAnchors)
                anchors[count++] = PostingTable.Of(anchor, article);
        }

        _anchors.AddBatch(anchors.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(anchors);
        _headlines.AddBatch(CollectionsMarshal.AsSpan(headlines));
        _addresses.AddBatch(CollectionsMarshal.AsSpan(addresses));
        return _anchors.ShareBatch(articles.Count, SiteRepetition.LeastArticles, _touched);
    }

    /// <summary>
    /// As <see cref="Meet"/>, of an article of the batch that was added last; of two in the batch the one with the lower number is met by the other.
    /// </summary>
    public void MeetAdded(int article, SharedPostings shared, List<int> met)
    {
        foreach (var place in shared.Of(article))
        {
            if (Counts(_anchors.KeyAt(place)))
                _anchors.AddShared(place, met, article);
        }
    }

    /// <summary>As <see cref="MeetAdded"/>, each article counted.</summary>
    public void CountAdded(int article, SharedPostings shared, ArticleCounter met)
    {
        foreach (var place in shared.Of(article))
        {
            if (Counts(_anchors.KeyAt(place)))
                _anchors.CountShared(place, met, article);
        }
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int article, Fingerprint print)
    {
        _headlines.Remove(Posting(print.TitleKey), article);
        _addresses.Remove(Posting(print.Address), article);
        foreach (var anchor in print.AnchorHashes)
        {
            if (_anchors.Remove(anchor, article) > 0 || _repeated.Has(anchor))
                _touched.Add(anchor);
        }
    }

    /// <summary>Takes many articles out in one pass over everything.</summary>
    public void Sweep(Func<int, bool> isGone)
    {
        _headlines.Sweep(isGone, null);
        _addresses.Sweep(isGone, null);
        _anchors.Sweep(isGone, _touched);
        // Of some no article may be left, and what came later would still count as repeated.
        _touched.UnionWith(_repeated.All);
    }

    /// <summary>Adds articles as the index in the store has them; of those that lead no family nothing. <see cref="Loaded"/> must follow.</summary>
    public void Load(IReadOnlyList<(int Number, IndexRecord Record)> loaded)
    {
        _loading ??= (new(_anchors), new(_headlines), new(_addresses));
        foreach (var (number, record) in loaded)
        {
            if (!articles.Head(number).Has(ArticleMarks.Leading))
                continue;
            if (record.Title != 0)
                _loading.Value.Headlines.Add(Posting(record.Title), number);
            if (record.Address != 0)
                _loading.Value.Addresses.Add(Posting(record.Address), number);
            foreach (var anchor in record.Anchors)
                _loading.Value.Anchors.Add(anchor, number);
            foreach (var anchor in record.Repeated)
                _repeated.Add(anchor);
        }
    }

    /// <summary>All articles of the index in the store are here.</summary>
    public void Loaded()
    {
        _loading?.Anchors.Flush();
        _loading?.Headlines.Flush();
        _loading?.Addresses.Flush();
        _loading = null;
    }

    /// <summary>Those of an article's anchors that its site repeats, each once.</summary>
    public uint[] RepeatedOf(Fingerprint print) => _repeated.Count == 0 ? [] : Array.FindAll(print.DistinctAnchors.ToArray(), _repeated.Has);

    /// <summary>
    /// Looks anew at the anchors whose articles changed. Names in <paramref name="stale"/> each article whose weights this changes; before any
    /// of them does, <paramref name="leaving"/> is told of it. What was counted of such an article holds no longer: <paramref name="counted"/> loses it.
    /// </summary>
    public void Review(HashSet<int> stale, HashSet<int> counted, Action<int> leaving)
    {
        var flips = new List<uint>();
        foreach (var anchor in _touched)
        {
            _anchors.CopyTo(anchor, _found);
            if (_repetition.IsRepeated(_found) == _repeated.Has(anchor))
                continue;
            flips.Add(anchor);
            foreach (var article in _found.ToArray())
            {
                counted.Remove(article);
                if (stale.Add(article))
                    leaving(article);
            }
        }

        _touched.Clear();
        foreach (var anchor in flips)
        {
            if (!_repeated.Remove(anchor))
                _repeated.Add(anchor);
        }
    }

    /// <summary>Sets the article's weights, nothing for what its site repeats; true when it repeats something.</summary>
    public bool Weigh(Fingerprint print)
    {
        List<int>? repeated = null;
        if (_repeated.Count > 0)
        {
            var anchors = print.AnchorHashes;
            for (var i = 0; i < anchors.Length; i++)
            {
                if (_repeated.Has(anchors[i]))
                    (repeated ??= []).Add(i);
            }
        }

        print.SetRepeated(repeated);
        return repeated is not null;
    }

    /// <summary>Adds each article to a list as often as it shares an anchor with this one, leaving repeated anchors out.</summary>
    public void Meet(Fingerprint print, List<int> met)
    {
        _anchors.Fetch(print.AnchorHashes);
        foreach (var anchor in print.DistinctAnchors)
        {
            if (Counts(anchor))
                _anchors.AddTo(anchor, met);
        }
    }

    /// <summary>Adds each other article with the same headline or address, where one of the two is hardly more than a headline.</summary>
    /// <param name="article">The article.</param>
    /// <param name="print">Its fingerprint.</param>
    /// <param name="candidates">Gets the others.</param>
    /// <param name="below">The number from which on an article of the last batch is left out.</param>
    public void ThinCandidates(int article, Fingerprint print, HashSet<int> candidates, int below)
    {
        AddThin(_headlines, print.TitleKey);
        AddThin(_addresses, print.Address);

        void AddThin(PostingTable index, ulong key)
        {
            if (key == 0)
                return;
            _found.Clear();
            index.AddTo(Posting(key), _found, below);
            foreach (var other in _found)
            {
                if (other != article && (print.IsThin || articles.Head(other).Has(ArticleMarks.Thin)))
                    candidates.Add(other);
            }
        }
    }

    private bool Counts(uint anchor) => !_repeated.Has(anchor);

    // Two keys that agree in these bits cost a comparison, which tells them apart.
    private static uint Posting(ulong key) => (uint)(key >> 32);
}
