using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds the articles that share anchors with one, and knows which anchors a site repeats. What it answers depends on the set of articles
/// it holds and not on the order in which they were added.
/// </summary>
internal sealed class FingerprintIndex
{
    /// <summary>An anchor in this many articles of one source, under different headlines, may be the site's own words.</summary>
    private const int RepeatedFrom = 4;

    /// <summary>An anchor in more articles than this points at nothing.</summary>
    private const int CommonFrom = 2000;

    private readonly PostingTable _anchors = new();
    private readonly HashSet<uint> _repeated = [];
    private readonly Dictionary<ulong, List<int>> _headlines = [];
    private readonly Dictionary<ulong, List<int>> _addresses = [];
    private readonly HashSet<uint> _touched = [];
    private readonly List<int> _articles = [];
    private readonly List<(ulong Source, ulong Title)> _scratch = [];

    /// <summary>Adds an article.</summary>
    public void Add(int article, Fingerprint print)
    {
        AddKey(_headlines, print.TitleKey, article);
        AddKey(_addresses, print.Address, article);
        foreach (var anchor in print.AnchorHashes)
        {
            if (_anchors.Add(anchor, article) >= RepeatedFrom)
                _touched.Add(anchor);
        }
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int article, Fingerprint print)
    {
        RemoveKey(_headlines, print.TitleKey, article);
        RemoveKey(_addresses, print.Address, article);
        foreach (var anchor in print.AnchorHashes)
        {
            if (_anchors.Remove(anchor, article) > 0)
                _touched.Add(anchor);
        }
    }

    /// <summary>Looks anew at the anchors whose articles changed; adds to <paramref name="stale"/> each article whose weights this changes.</summary>
    public void Review(IReadOnlyList<Fingerprint?> prints, HashSet<int> stale)
    {
        foreach (var anchor in _touched)
        {
            _anchors.CopyTo(anchor, _articles);
            if (IsRepeated(_articles, prints) ? _repeated.Add(anchor) : _repeated.Remove(anchor))
                stale.UnionWith(_articles);
        }

        _touched.Clear();
    }

    /// <summary>
    /// Sets the article's weights, nothing for what its site repeats, and counts for each article the anchors it shares with this one,
    /// leaving repeated anchors out.
    /// </summary>
    public void Weigh(Fingerprint print, ArticleCounter shared)
    {
        var anchors = print.AnchorHashes;
        List<int>? repeated = null;
        var previous = 0u;
        for (var i = 0; i < anchors.Length; i++)
        {
            var anchor = anchors[i];
            if (i > 0 && anchor == previous ? repeated?.Count > 0 && repeated[^1] == i - 1 : !Count(anchor, shared))
                (repeated ??= []).Add(i);
            previous = anchor;
        }

        print.SetRepeated(repeated);
    }

    /// <summary>Adds each other article with the same headline or address, where one of the two is hardly more than a headline.</summary>
    public void ThinCandidates(int article, Fingerprint print, IReadOnlyList<Fingerprint?> prints, HashSet<int> candidates)
    {
        AddThin(_headlines, print.TitleKey);
        AddThin(_addresses, print.Address);

        void AddThin(Dictionary<ulong, List<int>> index, ulong key)
        {
            if (key == 0 || !index.TryGetValue(key, out var articles))
                return;
            foreach (var other in articles)
            {
                if (other != article && (print.IsThin || prints[other]!.IsThin))
                    candidates.Add(other);
            }
        }
    }

    private bool Count(uint anchor, ArticleCounter shared)
    {
        if (_repeated.Count > 0 && _repeated.Contains(anchor))
            return false;
        _anchors.CountInto(anchor, shared);
        return true;
    }

    private static void AddKey(Dictionary<ulong, List<int>> index, ulong key, int article)
    {
        if (key == 0)
            return;
        ref var articles = ref CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _);
        articles ??= new List<int>(1);
        articles.Add(article);
    }

    private static void RemoveKey(Dictionary<ulong, List<int>> index, ulong key, int article)
    {
        if (key != 0 && index.TryGetValue(key, out var articles) && articles.Remove(article) && articles.Count == 0)
            index.Remove(key);
    }

    // A story that many outlets carry stands once or twice with each; what a site repeats stands with that site again and again.
    private bool IsRepeated(List<int> articles, IReadOnlyList<Fingerprint?> prints)
    {
        if (articles.Count < RepeatedFrom)
            return false;
        if (articles.Count > CommonFrom)
            return true;
        _scratch.Clear();
        var unknown = 0;
        foreach (var article in articles)
        {
            var print = prints[article]!;
            if (print.Source == 0)
                unknown++;
            else
                _scratch.Add((print.Source, print.TitleKey == 0 ? print.TextKey : print.TitleKey));
        }

        _scratch.Sort();
        int sources = unknown, most = 0, here = 0;
        for (var i = 0; i < _scratch.Count; i++)
        {
            if (i == 0 || _scratch[i].Source != _scratch[i - 1].Source)
            {
                sources++;
                here = 1;
            }
            else if (_scratch[i].Title != _scratch[i - 1].Title)
            {
                here++;
            }

            most = Math.Max(most, here);
        }

        return most >= RepeatedFrom && articles.Count * 2 >= sources * 5;
    }
}
