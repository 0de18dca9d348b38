using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds the articles that share anchors with one, and knows which anchors a site repeats. What it answers depends on the set of articles
/// it holds and not on the order in which they were added.
/// </summary>
internal sealed class FingerprintIndex
{
    /// <summary>An anchor in this many articles of one source, under different headlines, may be the site's own words.</summary>
    public const int RepeatedFrom = 4;

    /// <summary>An anchor in more articles than this points at nothing.</summary>
    public const int CommonFrom = 2000;

    private readonly Dictionary<uint, Postings> _postings = [];
    private readonly Dictionary<ulong, List<int>> _headlines = [];
    private readonly Dictionary<ulong, List<int>> _addresses = [];
    private readonly List<(ulong Source, ulong Title)> _scratch = [];

    private sealed class Postings
    {
        public List<int> Articles { get; } = new(2);

        public bool Repeated { get; set; }
    }

    /// <summary>Adds an article's anchors and the anchors whose articles changed to <paramref name="touched"/>.</summary>
    public void Add(int article, Fingerprint print, HashSet<uint> touched)
    {
        AddKey(_headlines, print.TitleKey, article);
        AddKey(_addresses, print.Address, article);
        foreach (var position in print.Anchors)
        {
            var anchor = print.ShinglesByPosition[position];
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, anchor, out _);
            postings ??= new Postings();
            if (postings.Articles.Count > 0 && postings.Articles[^1] == article)
                continue;
            postings.Articles.Add(article);
            if (postings.Articles.Count >= RepeatedFrom)
                touched.Add(anchor);
        }
    }

    /// <summary>Takes an article out and adds the anchors whose articles changed to <paramref name="touched"/>.</summary>
    public void Remove(int article, Fingerprint print, HashSet<uint> touched)
    {
        RemoveKey(_headlines, print.TitleKey, article);
        RemoveKey(_addresses, print.Address, article);
        foreach (var position in print.Anchors)
        {
            var anchor = print.ShinglesByPosition[position];
            if (!_postings.TryGetValue(anchor, out var postings) || !postings.Articles.Remove(article))
                continue;
            if (postings.Articles.Count == 0)
                _postings.Remove(anchor);
            else if (postings.Repeated)
                touched.Add(anchor);
        }
    }

    /// <summary>Looks anew at the given anchors; adds to <paramref name="dirty"/> each article whose weights this changes.</summary>
    public void Review(HashSet<uint> touched, IReadOnlyList<Fingerprint?> prints, HashSet<int> dirty)
    {
        foreach (var anchor in touched)
        {
            if (!_postings.TryGetValue(anchor, out var postings))
                continue;
            var repeated = IsRepeated(postings.Articles, prints);
            if (repeated == postings.Repeated)
                continue;
            postings.Repeated = repeated;
            foreach (var article in postings.Articles)
                dirty.Add(article);
        }
    }

    /// <summary>True when a site repeats the anchor in unrelated articles, or nearly everybody uses it.</summary>
    public bool IsRepeated(uint anchor) => _postings.TryGetValue(anchor, out var postings) && postings.Repeated;

    /// <summary>Sets the article's weights: nothing for what its site repeats.</summary>
    public void Weigh(Fingerprint print)
    {
        var weights = print.Weights;
        var anchors = print.Anchors;
        var before = false;
        var next = 0;
        var total = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            bool repeated;
            if (next < anchors.Length && anchors[next] == i)
            {
                repeated = before = IsRepeated(print.ShinglesByPosition[i]);
                next++;
            }
            else
            {
                // Between two anchors a shingle is taken as repeated when both are.
                repeated = before && (next >= anchors.Length || IsRepeated(print.ShinglesByPosition[anchors[next]]));
            }

            weights[i] = repeated ? (byte)0 : Fingerprint.FullWeight;
            total += weights[i];
        }

        print.TotalWeight = total;
    }

    /// <summary>Counts, for each other article, the anchors it shares with the given one, leaving repeated anchors out.</summary>
    public void Candidates(int article, Fingerprint print, Dictionary<int, int> counts)
    {
        var previous = 0u;
        var first = true;
        foreach (var position in print.Anchors)
        {
            var anchor = print.ShinglesByPosition[position];
            if (!first && anchor == previous)
                continue;
            (previous, first) = (anchor, false);
            if (!_postings.TryGetValue(anchor, out var postings) || postings.Repeated || postings.Articles.Count < 2)
                continue;
            foreach (var other in postings.Articles)
            {
                if (other != article)
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, other, out _)++;
            }
        }
    }

    /// <summary>Adds each other article with the same headline or address, where one of the two is hardly more than a headline.</summary>
    public void ThinCandidates(int article, Fingerprint print, IReadOnlyList<Fingerprint?> prints, Dictionary<int, int> counts)
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
                    counts.TryAdd(other, 0);
            }
        }
    }

    private static void RemoveKey(Dictionary<ulong, List<int>> index, ulong key, int article)
    {
        if (key != 0 && index.TryGetValue(key, out var articles) && articles.Remove(article) && articles.Count == 0)
            index.Remove(key);
    }

    private static void AddKey(Dictionary<ulong, List<int>> index, ulong key, int article)
    {
        if (key == 0)
            return;
        ref var articles = ref CollectionsMarshal.GetValueRefOrAddDefault(index, key, out _);
        articles ??= new List<int>(1);
        articles.Add(article);
    }

    private bool IsRepeated(List<int> articles, IReadOnlyList<Fingerprint?> prints)
    {
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
