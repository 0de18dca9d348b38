namespace IngestPipeline.Reports.Data;

/// <summary>What one rule removed, with a few different examples.</summary>
internal sealed class RuleFigures(string rule, string reason)
{
    private const int MaxExamples = 4;

    public string Rule { get; } = rule;

    public string Reason { get; private set; } = reason;

    public int Blocks { get; private set; }

    public long Characters { get; private set; }

    public int Articles { get; private set; }

    public SortedDictionary<string, int> Sites { get; } = new(StringComparer.Ordinal);

    public List<RuleExample> Examples { get; } = [];

    private string _lastArticle = "";

    public void Add(ArticleSummary article, string text)
    {
        Blocks++;
        Characters += text.Length;
        Sites[article.Site] = Sites.GetValueOrDefault(article.Site) + 1;
        if (_lastArticle != article.Id)
        {
            _lastArticle = article.Id;
            Articles++;
        }

        if (Examples.Count < MaxExamples && text.Length > 0 && !Examples.Exists(e => e.Text == text || (Examples.Count > 1 && e.Site == article.Site)))
            Examples.Add(new(text, article.Id, article.Site));
    }
}
