using System.Buffers;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles of each key, in pages of some four bytes a posting. What a large batch adds stays apart until the table is changed again: a batch that is
/// followed by none needs no pages.
/// </summary>
/// <param name="pageBits">Bits that choose a page; with fewer than <see cref="PostingPages.AllBits"/> some keys pass for one.</param>
internal sealed class PostingTable(int pageBits = PostingPages.AllBits)
{
    /// <summary>Articles that can be told apart.</summary>
    public const int MaxArticles = 1 << 24;

    private readonly List<int> _found = [];
    private PostingPages? _pages;
    private PostingRun? _run;

    /// <summary>The number of postings.</summary>
    public long Count => (_pages?.Count ?? 0) + (_run?.Count ?? 0);

    /// <summary>Bytes of the postings.</summary>
    public long Bytes => (_pages?.Bytes ?? 0) + (_run?.Bytes ?? 0);

    /// <summary>The pages, with all postings in them.</summary>
    public PostingPages Pages
    {
        get
        {
            _pages ??= new(pageBits);
            if (_run is { } run)
                _pages.AddAll(run);
            _run = null;
            return _pages;
        }
    }

    /// <summary>A posting as batches hold it: the mixed key in the upper half, the article in the lower.</summary>
    public static ulong Of(uint key, int article) => ((ulong)PostingPages.Mix(key) << 32) | (uint)article;

    /// <summary>Adds an article to a key unless it is there; returns the number of the key's articles.</summary>
    /// <param name="key">The key.</param>
    /// <param name="article">The article.</param>
    /// <param name="others">Gets the key's other articles; null when nobody asks for them.</param>
    public int Add(uint key, int article, List<int>? others = null) => Pages.Add(key, article, others);

    /// <summary>Adds an article to a key that does not have it.</summary>
    public void Append(uint key, int article) => Pages.Append(key, article);

    /// <summary>Adds a batch, of which no posting is there.</summary>
    /// <param name="batch">Postings as <see cref="Of"/> makes them.</param>
    public void AddBatch(ReadOnlySpan<ulong> batch)
    {
        if (Count > 0)
            _ = Pages;
        _run = new(batch);
    }

    /// <summary>Looks through the batch that was added last: which of its keys have other articles, too.</summary>
    /// <param name="articles">The number from which on there is no article.</param>
    /// <param name="least">Articles from which a key is named as frequent.</param>
    /// <param name="frequent">Gets the frequent keys.</param>
    public SharedPostings ShareBatch(int articles, int least, HashSet<uint> frequent)
    {
        if (_run is not { } run)
            return new([], articles);
        var buffer = ArrayPool<ulong>.Shared.Rent(run.Count);
        var shared =
            new SharedPostings(buffer.AsSpan(0, _pages is null ? run.Share(buffer, least, frequent) : ShareWithPages(buffer, least, frequent)), articles);
        ArrayPool<ulong>.Shared.Return(buffer);
        return shared;
    }

    /// <summary>Tells which keys there are; null when there are others than those of the batch that was added last.</summary>
    public KeyFilter? FilterBatch() => _pages is null && _run is { } run ? new(run) : null;

    /// <summary>A key of the batch that was added last, by the place that <see cref="ShareBatch"/> gave.</summary>
    public uint KeyAt(int place) => PostingPages.Unmix(_run!.KeyAt(place));

    /// <summary>Adds the articles of such a key to a list; those of the batch only below a number, so that each pair of these is met once.</summary>
    public void AddShared(int place, List<int> articles, int below)
    {
        _run!.AddFrom(place, articles, below);
        _pages?.AddTo(KeyAt(place), articles);
    }

    /// <summary>As <see cref="AddShared"/>, each article counted.</summary>
    public void CountShared(int place, ArticleCounter articles, int below)
    {
        _run!.CountFrom(place, articles, below);
        if (_pages is null)
            return;
        _found.Clear();
        _pages.AddTo(KeyAt(place), _found);
        foreach (var article in _found)
            articles.Count(article);
    }

    /// <summary>Takes an article from a key; returns the number of articles that are left.</summary>
    public int Remove(uint key, int article) => Pages.Remove(key, article);

    /// <summary>The articles of a key, in no particular order.</summary>
    public void CopyTo(uint key, List<int> articles)
    {
        articles.Clear();
        AddTo(key, articles);
    }

    /// <summary>Adds the articles of a key to a list, where one is given; returns how many the key has.</summary>
    /// <param name="key">The key.</param>
    /// <param name="articles">The list.</param>
    /// <param name="below">The number from which on an article is left out that came with the last large batch, so that each pair of these is met once.</param>
    public int AddTo(uint key, List<int>? articles, int below = int.MaxValue)
    {
        var found = _run?.AddTo(PostingPages.Mix(key), articles, below) ?? 0;
        return _pages is null ? found : found + _pages.AddTo(key, articles);
    }

    /// <summary>Asks for the postings of keys that will be looked up, all at once: one after the other each would be waited for.</summary>
    public void Fetch(ReadOnlySpan<uint> keys)
    {
        _run?.Fetch(keys);
        _pages?.Fetch(keys);
    }

    /// <summary>Takes out every article that is gone, and names the keys that lost one and have others; those only where all keys are told apart.</summary>
    public void Sweep(Func<int, bool> isGone, HashSet<uint>? touched) => Pages.Sweep(isGone, touched);

    private int ShareWithPages(Span<ulong> shared, int least, HashSet<uint> frequent)
    {
        var found = 0;
        for (int start = 0, end; start < _run!.Count; start = end)
        {
            end = _run.EndOf(start);
            var count = end - start + _pages!.AddTo(KeyAt(start), null);
            for (var at = start; count > 1 && at < end; at++)
                shared[found++] = ((ulong)_run.ArticleAt(at) << 32) | (uint)start;
            if (count >= least)
                frequent.Add(KeyAt(start));
        }

        return found;
    }
}
