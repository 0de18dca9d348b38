namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the headline. The rules are in <c>docs/metadata.md</c>.</summary>
internal static class TitleReader
{
    private const int MaxTitle = 600;
    private const int MaxKickerWords = 4;
    private static readonly HashSet<string> None = [];

    public static Sourced<string>? Read(PageFacts facts)
    {
        var named = Named(facts);
        if (TitleHeading.Choose(facts, named) is { } heading)
        {
            facts.Headline =
                heading.Level < 3 ? heading.Position : FirstLine(heading.Text, facts) is >= 0 and var line && line < heading.Position ? line : heading.Position;
            return WithoutKicker(heading, named, facts) ?? new(SiteSuffix.Strip(heading.Text, facts.Sites, None), "visible:h" + (char)('0' + heading.Level));
        }

        var others = named.Select(n => TextKey.Words(n.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var candidate in named)
        {
            if (SiteSuffix.Strip(SiteSuffix.UpToSite(candidate.Value, facts.Sites), facts.Sites, others) is not { Length: > 0 } title
                || facts.Sites.Contains(title))
                continue;
            title = title == facts.Scan.Title
                || facts.Scan.Title?.StartsWith(title + " | ", StringComparison.Ordinal) == true && title.Contains(" | ", StringComparison.Ordinal)
                ? SiteSuffix.StripLast(title)
                : title;
            facts.Headline = FirstLine(title, facts);
            return candidate with { Value = title };
        }

        return facts.Headings.FirstOrDefault(h => h.Level == 1 && !h.IsHome && !facts.Sites.Contains(h.Text)) is { Text: { Length: > 1 } last }
            ? new(last, "visible:h1")
            : null;
    }

    // Where a headline stands that is no heading, or that stands again far below; -1 for nowhere.
    private static int FirstLine(string title, PageFacts facts)
    {
        var key = TextKey.Words(title);
        foreach (var line in facts.Scan.Lines)
        {
            if (Math.Abs(line.Length - title.Length) <= 3 && TextKey.Words(line.Text) == key && !facts.Scan.IsAside(line.Region, -1))
                return line.Position;
        }

        return -1;
    }

    // A heading that is another title with a short kicker before it ("Energy: …" stays, its colon makes it a part), or with the day behind it.
    private static Sourced<string>? WithoutKicker(PageHeading heading, List<Sourced<string>> named, PageFacts facts)
    {
        var key = TextKey.Words(heading.Text);
        foreach (var candidate in named)
        {
            var title = SiteSuffix.Strip(candidate.Value, facts.Sites, None);
            var inner = TextKey.Words(title);
            if (inner.Length < 10 || inner.Length >= key.Length)
                continue;

            if (key.EndsWith(" " + inner, StringComparison.Ordinal)
                && key.AsSpan(0, key.Length - inner.Length).Trim().Count(' ') < MaxKickerWords
                && !HasColon(heading.Text, title))
                return candidate with { Value = title };
            if (key.StartsWith(inner + " ", StringComparison.Ordinal)
                && DateScanner.Find(heading.Text.AsSpan(Math.Min(title.Length, heading.Text.Length))).Count > 0)
                return candidate with { Value = title };
        }

        return null;
    }

    private static bool HasColon(string heading, string title) =>
        heading.Length > title.Length && heading.AsSpan(0, heading.Length - title.Length).TrimEnd() is [.., ':'];

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
