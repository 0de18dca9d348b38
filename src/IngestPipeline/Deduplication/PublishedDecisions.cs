namespace IngestPipeline.Deduplication;

/// <summary>
/// The latest decisions about the articles in the window. That an article stands alone is kept as a mark; the others are kept here until they are
/// stored, and asked for after that.
/// </summary>
/// <param name="articles">The articles.</param>
/// <param name="stored">Finds a stored decision; null when none is stored and all are kept here.</param>
internal sealed class PublishedDecisions(ArticleTable articles, Func<string, CopyDecision?>? stored)
{
    private readonly Dictionary<int, CopyDecision> _kept = [];

    /// <summary>True when a decision about the article is known.</summary>
    public bool Has(int article) => articles.Head(article).Has(ArticleMarks.Decided);

    /// <summary>True when nothing is known, or that the article stands alone.</summary>
    public bool IsAlone(int article) => !Has(article) || articles.Head(article).Has(ArticleMarks.Alone);

    /// <summary>The latest decision about an article; null when none is known.</summary>
    public CopyDecision? Find(int article)
    {
        if (!Has(article))
            return null;
        var id = articles.Print(article).Document.Id;
        if (articles.Head(article).Has(ArticleMarks.Alone))
            return CopyDecision.Unique(id);
        return _kept.TryGetValue(article, out var decision) ? decision : stored?.Invoke(id);
    }

    /// <summary>Takes over a decision.</summary>
    /// <param name="article">The article.</param>
    /// <param name="decision">The decision about it.</param>
    /// <param name="isStored">True when it can be found in the store.</param>
    public void Put(int article, CopyDecision decision, bool isStored = false)
    {
        _kept.Remove(article);
        var alone = decision.IsUnique;
        if (!alone && !(isStored && stored is not null))
            _kept[article] = decision;
        ref var head = ref articles.Head(article);
        head.Marks = (head.Marks & ~ArticleMarks.Alone) | ArticleMarks.Decided | (alone ? ArticleMarks.Alone : 0);
    }

    /// <summary>Tells that every decision so far is stored.</summary>
    public void Stored()
    {
        if (stored is not null)
            _kept.Clear();
    }

    /// <summary>Forgets an article that has left the window, or whose number is given to another.</summary>
    public void Forget(int article) => _kept.Remove(article);
}
