namespace IngestPipeline.Deduplication;

/// <summary>A window seen as what segments of the index say of it.</summary>
internal sealed class IndexState(CopyWindow window)
{
    private readonly TermVectorBuilder _terms = new();
    private readonly ArticleTable _articles = window.Articles;

    /// <summary>Fills the window, which must be empty.</summary>
    public IndexLoader Loader() => new(_articles, window);

    /// <summary>No segment says anything of the window.</summary>
    public void Forget()
    {
        for (var number = 0; number < _articles.Count; number++)
            _articles.Touch(number);
    }

    /// <summary>What changed since the last call, or since the window was filled; it counts as written from now on.</summary>
    public IndexChanges TakeChanges()
    {
        var (whole, marked) = _articles.TakeChanges();
        whole.Sort((x, y) => _articles.Head(x).Seen.CompareTo(_articles.Head(y).Seen) is not 0 and var byTime ? byTime : KeyOf(x).CompareTo(KeyOf(y)));
        marked.Sort((x, y) => KeyOf(x).CompareTo(KeyOf(y)));
        // What is stale is affected anyway. Whether it was met as such depends on what was at hand, and may not show.
        return new(whole, marked, Keys(window.Stale), Keys([.. window.Affected.Except(window.Stale)]));
    }

    /// <summary>What a segment says of an article, and its card.</summary>
    public (IndexRecord Record, byte[] Card) Describe(int number)
    {
        var head = _articles.Head(number);
        var print = _articles.Print(number);
        var leads = head.Has(ArticleMarks.Leading);
        var record = new IndexRecord
        {
            Id = print.Document.Id,
            Head = head,
            Title = leads ? print.TitleKey : 0,
            Address = leads ? print.Address : 0,
            Anchors = leads ? print.DistinctAnchors.ToArray() : [],
            Repeated = leads ? window.RepeatedOf(print) : [],
            Terms = window.Stories.KeysOf(number),
        };
        return (record, FingerprintCard.Write(print, OwnTerms(print)));
    }

    /// <summary>The marks of an article.</summary>
    public (ulong Key, ArticleMarks Marks) MarksOf(int number) => (KeyOf(number), _articles.Head(number).Marks);

    /// <summary>When the latest of some articles was first seen; the least value for none.</summary>
    public long Newest(IReadOnlyCollection<int> numbers) => numbers.Count == 0 ? long.MinValue : numbers.Max(n => _articles.Head(n).Seen);

    // A card in the store is a function of the article alone, whatever its site repeats now.
    private TermVector OwnTerms(Fingerprint print) =>
        _terms.Build(
            print.TotalWeight == print.ShingleCount * Fingerprint.FullWeight ? print : new(print.Document, print.ContentKey, print.Text, print.Agency));

    private ulong KeyOf(int number) => _articles.Head(number).IdKey;

    private List<ulong> Keys(IReadOnlyCollection<int> numbers) => [.. numbers.Select(KeyOf).Order()];
}
