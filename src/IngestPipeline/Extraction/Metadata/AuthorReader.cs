using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads who wrote the article. The rules are in <c>docs/metadata.md</c>.</summary>
internal static class AuthorReader
{
    private static readonly string[] Metas =
    [
        "author", "article:author", "article:author_name", "article.author", "parsely-author", "sailthru.author", "byl", "authors", "article_author",
        "article-author", "cxenseparse:author", "cxenseparse:recs:author", "dc.creator", "dcterms.creator", "dc.creator.creator",
        "bt:author", "author_name", "article:contributor", "creator", "og:article:author", "og:author", "book:author", "shareaholic:article_author_name",
        "rnews:author", "dcsext.author", "dc.contributor", "twitter:creator:name", "news_author", "newsauthor", "mediator_author",
    ];

    /// <summary>
    /// The authors: people where a sure place names some. Where it names a desk or an agency they are the credit and there are no authors; the site's own
    /// name gives way to people that a less sure place names.
    /// </summary>
    public static (Sourced<IReadOnlyList<string>>? Authors, Sourced<IReadOnlyList<string>>? Credit) Choose(IReadOnlyList<Sourced<Byline>> found, SiteNames sites)
    {
        if (People(found, c => c.Value.IsFirm) is { } sure)
            return (sure, null);
        if (Others(found, c => c.Value.IsFirm && !c.Value.Others.Any(sites.Resembles)) is { } desk)
            return (null, desk);
        if (People(found, c => c.Source is VisibleBylines.Mark or VisibleBylines.ByLine) is { } marked)
            return (marked, null);
        if (Others(found, c => c.Value.IsFirm) is { } outlet)
            return (null, outlet);
        return People(found, _ => true) is { } people ? (people, null) : (null, Others(found, _ => true));
    }

    private static Sourced<IReadOnlyList<string>>? People(IReadOnlyList<Sourced<Byline>> found, Func<Sourced<Byline>, bool> test)
    {
        var best = found.FirstOrDefault(c => c.Value.People.Count > 0 && test(c));
        if (best is null)
            return null;

        // A login, or the capitals that a desk signs with, gives way to a whole name.
        if ((best.Source != VisibleBylines.Mark && best.Value.People.All(BylineNames.IsLogin)) || best.Value.People.All(BylineNames.IsDeskMark))
            best = found.FirstOrDefault(c => c.Value.IsFirm && c.Value.People.Any(p => p.Contains(' ', StringComparison.Ordinal))) ?? best;

        // "Ann Larsen Port Alden Spring Issue": what stood behind the name in the line is none of it.
        if (best.Source is VisibleBylines.ByLine or VisibleBylines.Mark && best.Value.People is [var line] && line.Count(c => c == ' ') >= 2)
            best = found.FirstOrDefault(c => c.Value.IsFirm && c.Value.People is [var field] && field.Contains(' ', StringComparison.Ordinal) && line.StartsWith(field + " ", StringComparison.OrdinalIgnoreCase))
                ?? best;

        // "By Ann and Bo" says more than a JSON-LD that names Ann alone.
        var fuller = found.FirstOrDefault(c => (c.Source == VisibleBylines.ByLine || (c.Source == VisibleBylines.Mark && c.Value.People.All(p => p.Contains(' ', StringComparison.Ordinal)))) && c.Value.IsFirm
            && c.Value.People.Count > best.Value.People.Count && best.Value.People.All(p => c.Value.People.Contains(p, StringComparer.OrdinalIgnoreCase)));
        return new((fuller ?? best).Value.People, (fuller ?? best).Source);
    }

    private static Sourced<IReadOnlyList<string>>? Others(IReadOnlyList<Sourced<Byline>> found, Func<Sourced<Byline>, bool> test) =>
        found.FirstOrDefault(c => c.Value.Others.Count > 0 && test(c)) is { } best ? new(best.Value.Others, best.Source) : null;

    /// <summary>The bylines of the page, most trusted first.</summary>
    public static List<Sourced<Byline>> Candidates(PageFacts facts)
    {
        var found = new List<Sourced<Byline>>();
        var isLinkedData = facts.Things.Contains(facts.Main);
        if (isLinkedData)
            Add(OfThing(facts.Main, facts), "json-ld:author");
        Add(Parse(facts.Metas("citation_author").Select(m => m.Content), facts, flips: true), "meta:citation_author");
        var visible = VisibleBylines.Find(facts, isNear: true).ToList();
        foreach (var (byline, source, _) in visible.Where(v => v.IsNear))
            Add(byline, source);
        if (!isLinkedData)
            Add(OfThing(facts.Main, facts), "microdata:author");
        if (facts.Things.Where(t => t.Types is ["Person"]).Take(2).ToList() is [var person])
            Add(Parse(person.Text("name") is { } only ? [only] : [], facts), "json-ld:person");
        foreach (var name in Metas)
        {
            if (facts.Scan.MetasOf(name) is { Count: > 0 } metas)
                Add(Parse(metas.Select(m => m.Content), facts, flips: name.StartsWith("dc", StringComparison.Ordinal)), "meta:" + name);
        }

        Add(Parse(TwitterData(facts), facts), "meta:twitter:data");
        foreach (var thing in facts.Microdata.Where(t => t != facts.Main))
            Add(OfThing(thing, facts), "microdata:author", isFirm: false);

        // The rest of the page is looked at only where nothing sure names a person.
        IEnumerable<(Byline Byline, string Source, bool IsNear)> rest = visible.Where(v => !v.IsNear);
        if (!found.Exists(c => c.Value is { IsFirm: true, People.Count: > 0 }))
            rest = rest.Concat(VisibleBylines.Find(facts, isNear: false, isAlone: !visible.Exists(v => v.Source == VisibleBylines.Name)));
        foreach (var (byline, source, _) in rest)
            Add(byline, source, isFirm: false);

        // Whom linked data names as the editor is not the author because the page speaks of nobody else.
        var editors = facts.Main?.Values("editor").SelectMany(NamesOf).Select(n => TextKey.Words(n)).ToHashSet(StringComparer.Ordinal);
        if (editors is { Count: > 0 })
            found.RemoveAll(c => c.Source is "json-ld:person" or VisibleBylines.Name or "visible:author-link"
                && c.Value.People.Count > 0 && c.Value.People.All(p => editors.Contains(TextKey.Words(p))));
        return found;

        void Add(Byline byline, string source, bool isFirm = true)
        {
            if (!byline.IsEmpty)
                found.Add(new(byline with { IsFirm = isFirm }, source));
        }
    }

    private static Byline OfThing(SchemaThing? thing, PageFacts facts)
    {
        if (thing is null)
            return Byline.Empty;

        foreach (var property in (string[])["author", "creator", "contributor"])
        {
            // An office whose name has an "and" in it is one.
            if (thing.Things(property).ToList() is [var only]
                && only.Is(t => t.EndsWith("Organization", StringComparison.Ordinal))
                && only.Text("name") is { Length: > 0 and <= 120 } office
                && TextKey.Of(office).Split(' ').Any(BylineWords.And.Contains))
                return new([], [office]);

            var byline = Parse(thing.Values(property).SelectMany(NamesOf), facts);
            if (!byline.IsEmpty)
                return byline;
        }

        return Byline.Empty;
    }

    private static IEnumerable<string> NamesOf(JsonValue value)
    {
        if (value.Kind == JsonKind.Text)
            return [HtmlFragment.Line(value.Text)];
        return value["name"] is { } name ? (name.Kind == JsonKind.Array ? name.Items : [name]).Select(SchemaThing.LineOf).OfType<string>() : [];
    }

    private static IEnumerable<string> TwitterData(PageFacts facts)
    {
        foreach (var number in "123")
        {
            if (facts.Scan.Meta("twitter:label" + number) is { Content: var label } && facts.Scan.Meta("twitter:data" + number) is { Content: var data })
            {
                var text = label + ":";
                if (BylineParser.TakeBy(ref text))
                    yield return data;
            }
        }
    }

    private static Byline Parse(IEnumerable<string> values, PageFacts facts, bool flips = false)
    {
        var names = values.Where(v => !v.StartsWith("http", StringComparison.OrdinalIgnoreCase)).Select(v => flips ? Flip(v) : v).ToList();
        var byline = BylineParser.Parse(names, facts.Sites);
        return byline.IsEmpty && names is [var small] && BylineNames.IsInSmallLetters(small) && !facts.Sites.Resembles(small) ? new([small], []) : byline;
    }

    // "Larsen, Ann" as citation metas write it.
    private static string Flip(string name) =>
        name.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } last, { Length: > 0 } first] ? first + " " + last : name;
}
