using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>What was decided since the last publication, and the articles that were added for it.</summary>
internal sealed class DecisionBatch(DecisionBook book)
{
    private readonly Dictionary<string, DecidedArticle> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopyDecision> _changed = new(StringComparer.Ordinal);

    /// <summary>Adds articles that go to the decider.</summary>
    public void Add(IReadOnlyList<DecidedArticle> articles)
    {
        foreach (var article in articles)
            _pending[article.Document.Id] = article;
    }

    /// <summary>Adds what the decider said.</summary>
    public void Add(IReadOnlyList<CopyDecision> decisions)
    {
        foreach (var decision in decisions)
            _changed[decision.Id] = decision;
    }

    /// <summary>
    /// What is to be published, in the order of (first seen, id), and when the latest of the articles was first seen; the batch is empty then.
    /// </summary>
    public (List<PublishedDecision> Decisions, DateTimeOffset? Newest) Take()
    {
        var decisions = new List<PublishedDecision>();
        foreach (var id in _pending.Keys.Union(_changed.Keys, StringComparer.Ordinal))
        {
            var before = book.Find(id);
            var pending = _pending.GetValueOrDefault(id);
            var decision = _changed.GetValueOrDefault(id) ?? before?.Decision;
            // A change about an article that this store never published (it cannot be, or the window was restored wrongly) has no facts to stand on.
            if (decision is null || (pending is null && (before is null || before.Decision == decision)))
                continue;
            decisions.Add(Publish(decision, pending, before));
        }

        decisions.Sort((a, b) => Nullable.Compare(a.FirstSeen, b.FirstSeen) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        var newest = _pending.Values.Max(p => p.Document.FirstSeen);
        _pending.Clear();
        _changed.Clear();
        return (decisions, newest);
    }

    private static PublishedDecision Publish(CopyDecision decision, DecidedArticle? article, PublishedDecision? before) => new()
    {
        Decision = decision,
        Revision = (before?.Revision ?? 0) + 1,
        Cause = article is null ? "regrouped" : before is null ? "new" : "revised",
        PreviousCanonicalId = before?.Decision.CanonicalId,
        PreviousKind = before?.Decision.Kind,
        PreviousStoryId = before?.Decision.StoryId,
        ArticleRevision = article?.Revision ?? before!.ArticleRevision,
        FirstSeen = article is null ? before!.FirstSeen : article.Document.FirstSeen,
        Captured = article is null ? before!.Captured : article.Captured,
        ContentHash = article?.ContentHash ?? before!.ContentHash,
        Outlet = article is null ? before!.Outlet : article.Outlet,
        Url = article is null ? before!.Url : article.Url,
        Title = article is null ? before!.Title : article.Title,
    };
}
