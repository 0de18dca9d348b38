namespace IngestPipeline.Reports.Data;

/// <summary>A story: the articles on one event, in the order in which they were seen.</summary>
internal sealed class Story(string id, IReadOnlyList<ArticleSummary> articles)
{
    public string Id { get; } = id;

    public IReadOnlyList<ArticleSummary> Articles { get; } = articles;

    /// <summary>Outlets that carried it.</summary>
    public int Outlets { get; } = articles.Select(a => a.Site).Distinct(StringComparer.Ordinal).Count();

    public int Copies { get; } = articles.Count(a => a.IsCopy);

    public int Rewrites { get; } = articles.Count(a => a.Kind == "rewrite");

    /// <summary>The article that leads it: the canonical one with the most copies, the earliest of those.</summary>
    public ArticleSummary Lead { get; } = FindLead(articles);

    public DateTimeOffset? First => Articles[0].FirstSeen;

    public DateTimeOffset? Last => Articles[^1].FirstSeen;



    private static ArticleSummary FindLead(IReadOnlyList<ArticleSummary> articles)
    {
        var sizes = articles.CountBy(a => a.CanonicalId).ToDictionary(StringComparer.Ordinal);
        return articles.Where(a => !a.IsCopy).OrderByDescending(a => sizes.GetValueOrDefault(a.Id)).FirstOrDefault() ?? articles[0];
    }
}
