using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads when the article was published and changed.</summary>
internal static class DateReader
{
    private static readonly string[] PublishedMetas =
    [
        "article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate", "og:pub_date", "datepublished",
        "published_time", "article.published",
        "article_date_original", "article:post_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
        "publication_date", "publish_date", "publish-date", "publishdate",
        "published_date", "published-date", "published", "pubdate", "pub_date", "article.created", "article:created", "dc.date.issued", "dcterms.issued",
        "dcterms.date", "dc.date.published", "dcterms.created", "dc.date.created", "dc.created",
        "citation_publication_date", "citation_online_date", "citation_date", "originalpublicationdate", "origpubdate", "displaydate",
        "article-publication-date", "article:publication_date", "shareaholic:article_published_time", "bt:pubdate", "prism.publicationdate",
        "rnews:datepublished", "date.issued", "datecreated", "ptime", "timestamp", "eprints.datestamp", "creation_date", "date_published", "dc.date", "date",
        "weibo:article:create_at", "article_date", "vr:published_time", "og:article:published", "og:regdate", "last-published", "article:published:time",
    ];

    // Names that some pages use for another day: the print edition's, the upload's, today's.
    private static readonly HashSet<string> Vague =
        ["date", "dc.date", "dcterms.date", "timestamp", "creation_date", "datecreated", "dc.created", "dcterms.created", "dc.date.created", "ptime", "og:regdate", "eprints.datestamp", "article.created", "article:created", "citation_date"];

    private static readonly string[] ModifiedMetas =
    [
        "article:modified_time", "article:modified", "og:updated_time", "og:modified_time", "og:article:modified_time", "datemodified", "dcterms.modified",
        "dc.date.modified", "dc.modified", "lastmod", "last-modified", "last_modified", "lastmodified", "modified",
        "revised", "updated", "article.updated", "article:updated", "article:updated_time", "modified_time", "date_modified", "dc.date.updated", "lastupdate",
        "last-updated", "moddate", "weibo:article:update_at", "revision_date", "shareaholic:article_modified_time",
        "article:modified:time",
    ];

    public static (Sourced<ArticleDate>? Published, Sourced<ArticleDate>? Modified) Read(PageFacts facts, TreeDocument document)
    {
        var candidates = Candidates(facts);
        if (!candidates.Exists(c => c.Trust >= DateChoice.Sure) && ScriptDates.Find(document, facts) is { } told)
            candidates.Insert(0, told);
        var published = DateChoice.Published(candidates);
        return (published, DateChoice.Modified(candidates, published?.Value));
    }

    /// <summary>Every date that may be the article's, most trusted first.</summary>
    public static List<DateCandidate> Candidates(PageFacts facts)
    {
        var found = new List<DateCandidate>();
        OfThing(facts.Main, facts.Things.Contains(facts.Main) ? "json-ld" : "microdata", 700, facts, found);
        OfMetas(facts, PublishedMetas, DateRole.Published, 900, found);
        OfMetas(facts, ModifiedMetas, DateRole.Modified, 680, found);
        foreach (var thing in facts.Microdata.Where(t => t != facts.Main && (t.Types.Count == 0 || t.Is(MainThing.IsArticle))).Take(3))
            OfThing(thing, "microdata", 650, facts, found);
        VisibleDates.Collect(facts, isNear: true, found);
        if (!found.Exists(c => c.Trust >= DateChoice.Firm && c.Role != DateRole.Modified))
            VisibleDates.Collect(facts, isNear: false, found);
        if (facts.Url is { } url && UrlDate.Read(url) is { } day)
            found.Add(new(day, DateRole.Published, 300, "url"));
        OfMetas(facts, ["og:description", "description"], DateRole.Unnamed, 120, found);
        foreach (var thing in facts.Things.Where(t => t != facts.Main).Take(50))
            OfThing(
                thing, "json-ld:" + (thing.Types.Count > 0 ? thing.Types[0] : "thing"),
                thing.Is(t => t.EndsWith("Page", StringComparison.Ordinal)) ? 450 : 100, facts, found);
        return [.. found.OrderByDescending(c => c.Trust)];
    }

    private static void OfThing(SchemaThing? thing, string source, int trust, PageFacts facts, List<DateCandidate> found)
    {
        if (thing is null)
            return;

        Add("datePublished", DateRole.Published, 0);
        Add("dateCreated", DateRole.Published, 220);
        Add("uploadDate", DateRole.Published, 240);
        Add("dateModified", DateRole.Modified, 0);

        void Add(string name, DateRole role, int less)
        {
            if (thing.Text(name) is { } text && LooseDate.TryRead(text, facts.DateLocale, out var hit))
                found.Add(new(hit.Date, role, trust - less, source + ":" + name, hit.Swapped));
        }
    }

    private static void OfMetas(PageFacts facts, string[] names, DateRole role, int trust, List<DateCandidate> found)
    {
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var meta in facts.Scan.MetasOf(names[i]))
            {
                if (LooseDate.TryRead(meta.Content, facts.DateLocale, out var hit))
                    found.Add(new(hit.Date, role, trust - i - (Vague.Contains(meta.Name) ? 260 : 0), "meta:" + meta.Name, hit.Swapped));
            }
        }
    }
}
