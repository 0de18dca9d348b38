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
            if (key.StartsWith(inner + " ", StringComparison.Ordinal) && IsTail(heading.Text.AsSpan(Math.Min(title.Length, heading.Text.Length))))
                return candidate with { Value = title };
        }

        return null;
    }

    // A day, a month with its year, or the address that a forum's entry is about, with the number of its answers.
    private static bool IsTail(ReadOnlySpan<char> rest)
    {
        if (DateScanner.Find(rest).Count > 0)
            return true;

        var words = DateToken.Split(rest);
        if (words.Count is >= 2 and <= 4 && words[^1] is { Digits: 4, Number: > 1990 and < 2100 } && words[^2].IsWord && DateTables.Month(words[^2].Word, null) > 0
            && words.TrueForAll(w => w.IsNumber || w.Is('/') || w.Is('-') || w.Is('|') || DateTables.Month(w.Word, null) > 0))
            return true;

        rest = rest.Trim();
        var close = rest.IndexOf(')');
        return rest is ['(', ..] && close > 4 && rest[1..close].Contains('.') && !rest[1..close].ContainsAny(" ,;") && rest[(close + 1)..].Trim().IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool HasColon(string heading, string title) =>
        heading.Length > title.Length && heading.AsSpan(0, heading.Length - title.Length).TrimEnd() is [.., ':'];

    // "harbourpost.example Rain over the islands": the site's domain, and nothing that parts it from the title.
    private static string WithoutHost(string title, Uri? url)
    {
        if (url is null || title.IndexOf(' ', StringComparison.Ordinal) is not (> 3 and var blank))
            return title;

        var host = url.Host.AsSpan();
        var first = title.AsSpan(0, blank);
        return (first.Equals(host, StringComparison.OrdinalIgnoreCase) || (host.StartsWith("www.") && first.Equals(host[4..], StringComparison.OrdinalIgnoreCase)))
            && title.Length > blank + 2 && char.IsLetter(title[blank + 1])
            ? title[(blank + 1)..].TrimStart()
            : title;
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
                found.Add(new(WithoutHost(value, facts.Url), source));
        }
    }
}
