using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>Reads what a page says about its article: JSON-LD, Open Graph, microdata, meta, visible text, address.</summary>
internal static class MetadataReader
{
    private const int MaxBody = 1_000_000;

    /// <summary>Reads the metadata of a parsed page. Never throws for what a page holds.</summary>
    /// <param name="document">The parsed page; it is not changed.</param>
    /// <param name="url">The page's address; null when unknown.</param>
    /// <param name="body">The article's text where it is known already, for the language, the agency and the dateline; null to take the page's lines.</param>
    public static ArticleMetadata Read(TreeDocument document, Uri? url, string? body = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var facts = PageFacts.Of(PageScanner.Scan(document), url);
        var title = TitleReader.Read(facts);
        var (published, modified) = DateReader.Read(facts, document);
        var bylines = AuthorReader.Candidates(facts);
        var (authors, credit) = AuthorReader.Choose(bylines, facts.Sites);
        var (agency, place) = CreditReader.Read(facts, bylines, body);

        // An agency that no table lists passes for a person in a byline, until the dateline names it.
        if (authors is { Value: [var only] } && string.Equals(only, agency?.Value, StringComparison.OrdinalIgnoreCase))
            (authors, credit) = (null, authors);

        return new()
        {
            Title = title,
            Standfirst = StandfirstReader.Read(facts, title?.Value),
            Authors = authors,
            Credit = credit,
            Published = published,
            Modified = modified,
            Outlet = PageValues.Outlet(facts, title?.Value),
            Section = PageValues.Section(facts),
            Language = LanguageReader.Read(facts, body),
            CanonicalUrl = PageValues.Canonical(facts),
            LeadImage = PageValues.LeadImage(facts),
            Agency = agency,
            DatelinePlace = place,
            IsFree = PageValues.IsFree(facts),
            Description = PageValues.Description(facts),
            Types = facts.Main?.Types ?? [],
            ArticleBody = Body(facts),
        };
    }

    private static string? Body(PageFacts facts)
    {
        var longest = facts.Things.SelectMany(t => t.Values("articleBody")).Select(v => v.Text).MaxBy(t => t.Length);
        return string.IsNullOrWhiteSpace(longest) ? null : HtmlFragment.Paragraphs(NodeText.Cut(longest, MaxBody));
    }
}
