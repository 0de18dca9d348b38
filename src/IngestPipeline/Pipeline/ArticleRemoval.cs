using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Says what becomes of decisions when articles are taken out: a removal for each of them, and what is decided about those that were grouped with
/// them when they are decided about anew among themselves, as a replay of what is left would.
/// </summary>
internal sealed class ArticleRemoval(IBlobStore run, DecisionBook book, int windowDays)
{
    /// <summary>The decisions to publish; none when no article of these is known.</summary>
    /// <param name="ids">The articles.</param>
    /// <param name="cause"><see cref="PublishedDecision.Forgotten"/> or <see cref="PublishedDecision.Expired"/>.</param>
    /// <param name="cancellation">Stops between readings.</param>
    public async Task<IReadOnlyList<PublishedDecision>> DecideAsync(IReadOnlyCollection<string> ids, string cause, CancellationToken cancellation)
    {
        var gone = ids.Select(book.Find).OfType<PublishedDecision>().ToDictionary(d => d.Id, StringComparer.Ordinal);
        if (gone.Count == 0)
            return [];
        var others = Others(gone);
        var documents = new List<CopyDocument>(others.Count);
        foreach (var other in others)
            documents.Add(CopyDocuments.Read((await StoredArticle.ReadAsync(run, other, cancellation).ConfigureAwait(false)).Span));
        var now = new CopyDecider(new() { WindowDays = windowDays }).Add(documents).ToDictionary(d => d.Id, StringComparer.Ordinal);

        var lines = others.Where(o => now[o.Id] != o.Decision).Select(o => Again(o, now[o.Id])).ToList();
        lines.AddRange(gone.Values.Select(g => Removal(g, Successor(g, others, now), cause)));
        lines.Sort((a, b) => Nullable.Compare(a.FirstSeen, b.FirstSeen) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id));
        return lines;
    }

    // Whoever shares a story with them, or names them otherwise, and the whole stories of these.
    private List<PublishedDecision> Others(Dictionary<string, PublishedDecision> gone)
    {
        var stories = new HashSet<string>(gone.Values.Select(g => g.Decision.StoryId), StringComparer.Ordinal);
        foreach (var decided in book.Decisions())
        {
            if (Names(decided.Decision).OfType<string>().Any(gone.ContainsKey))
                stories.Add(decided.Decision.StoryId);
        }

        return [.. book.Decisions().Where(d => stories.Contains(d.Decision.StoryId) && !gone.ContainsKey(d.Id))];
    }

    private static IEnumerable<string?> Names(CopyDecision decision) =>
        [decision.CanonicalId, decision.RewriteOf, decision.PreviousVersionId, decision.Evidence?.OtherId];

    private static PublishedDecision Again(PublishedDecision before, CopyDecision now) => before with
    {
        Decision = now,
        Revision = before.Revision + 1,
        Cause = "regrouped",
        PreviousCanonicalId = before.Decision.CanonicalId,
        PreviousKind = before.Decision.Kind,
        PreviousStoryId = before.Decision.StoryId,
    };

    private static PublishedDecision Removal(PublishedDecision before, CopyDecision? successor, string cause) => new()
    {
        Decision =
            new() { Id = before.Id, CanonicalId = successor?.CanonicalId ?? before.Id, Kind = CopyKind.Unique, StoryId = successor?.StoryId ?? before.Id },
        Revision = before.Revision + 1,
        Cause = cause,
        PreviousCanonicalId = before.Decision.CanonicalId,
        PreviousKind = before.Decision.Kind,
        PreviousStoryId = before.Decision.StoryId,
        ArticleRevision = before.ArticleRevision,
        FirstSeen = before.FirstSeen,
        ContentHash = PublishedDecision.NoContent,
    };

    // What stands for its copies now: its canonical article, or the one that the earliest of the others got.
    private static CopyDecision? Successor(
        PublishedDecision before, List<PublishedDecision> others, Dictionary<string, CopyDecision> now)
    {
        var canonical = before.Decision.CanonicalId;
        var heir = others.Where(o => o.Decision.CanonicalId == canonical)
            .OrderBy(o => o.Id != canonical)
            .ThenBy(o => o.FirstSeen)
            .ThenBy(o => o.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return heir is null ? null : now[heir.Id];
    }
}
