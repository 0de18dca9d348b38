namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the headline. The rules are in <c>MetadataRules.md</c> beside this file.</summary>
internal static class TitleReader
{
    private const int MaxTitle = 600;
    private static readonly HashSet<string> None = [];

    public static Sourced<string>? Read(PageFacts facts)
    {
        var named = Named(facts);
        if (TitleHeading.Choose(facts, named) is { } heading)
        {
            facts.Headline = heading.Position;
            return new(SiteSuffix.Strip(heading.Text, facts.Sites, None), "visible:h" + (char)('0' + heading.Level));
        }

        var others = named.Select(n => TextKey.Words(n.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var candidate in named)
        {
            if (SiteSuffix.Strip(candidate.Value, facts.Sites, others) is { Length: > 0 } title && !facts.Sites.Contains(title))
                return candidate with { Value = title };
        }

        return null;
    }

    // Most trusted first.
    private static List<Sourced<string>> Named(PageFacts facts)
    {
        var found = new List<Sourced<string>>();
        Add(facts.Main?.Text("headline"), "json-ld:headline");
        foreach (var meta in facts.Metas("og:title", "sailthru.title", "parsely-title", "citation_title", "cxenseparse:title", "twitter:title", "dc.title", "dcterms.title", "title"))
            Add(meta.Content, "meta:" + meta.Name);
        Add(facts.Main?.Text("name"), "json-ld:name");
        Add(facts.Scan.Title, "title");
        return found;

        void Add(string? value, string source)
        {
            if (value is { Length: > 1 and < MaxTitle })
                found.Add(new(value, source));
        }
    }
}
