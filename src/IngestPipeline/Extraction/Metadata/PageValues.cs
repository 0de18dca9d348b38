using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the values that need no settling: the first source that has one counts.</summary>
internal static class PageValues
{
    private const int MaxAddress = 2_000;

    private static readonly HashSet<string> NoSections = [.. DataTable.Words("sections.table.txt").Select(w => TextKey.Words(w.Word.Replace('-', ' ')))];

    public static Sourced<string>? Outlet(PageFacts facts, string? headline) =>
        Outlet(Meta(facts, "og:site_name", "og:sitename"), facts, headline)
            ?? Outlet(
                OfThing(facts.Main?.Things("publisher").Select(p => p.Text("name")).FirstOrDefault(n => n is not null), "publisher", facts), facts, headline)
        ?? Outlet(
            Meta(
                facts, "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "article:publisher_name", "application-name",
                "apple-mobile-web-app-title"),
            facts, headline)
        ?? Outlet(
            OfThing(
                facts.Things.Where(t => t.Is(x => x is "WebSite" or "NewsMediaOrganization")).Select(t => t.Text("name")).FirstOrDefault(n => n is not null),
                "website", facts),
            facts, headline)
        ?? OutletName.OfTitle(facts.Scan.Title, facts.Sites);

    public static Sourced<string>? Section(PageFacts facts) =>
        facts.Metas(
            "article:section", "og:article:section", "parsely-section", "sailthru.section", "cxenseparse:section", "section", "article.section", "category")
            .Select(m => Name(new(m.Content, "meta:" + m.Name))).Append(Name(OfThing(facts.Main?.Text("articleSection"), "articleSection", facts)))
            .FirstOrDefault(s => s is not null && !NoSections.Contains(TextKey.Words(s.Value)));

    public static Sourced<string>? Canonical(PageFacts facts) =>
        Inner(facts, Address(facts, Link(facts, "canonical"), "link:canonical"))
            ?? Inner(facts, Address(facts, Meta(facts, "og:url")))
            ?? Inner(facts, Address(facts, facts.Main?.Text("url"), "json-ld:url"));

    public static Sourced<string>? LeadImage(PageFacts facts) =>
        Address(facts, Meta(facts, "og:image:secure_url", "og:image", "og:image:url")) ?? Address(facts, ImageOf(facts.Main), "json-ld:image")
        ?? Address(facts, Meta(facts, "twitter:image", "twitter:image:src", "parsely-image-url", "sailthru.image.full", "thumbnail"))
        ?? Address(facts, Link(facts, "image_src"), "link:image_src");

    public static string? Description(PageFacts facts) =>
        (
            Meta(facts, "og:description", "description", "twitter:description", "sailthru.description", "dc.description")?.Value
                ?? facts.Main?.Text("description")) is { Length: > 0 } text
            ? NodeText.Cut(text, MaxAddress)
            : null;

    /// <summary>
    /// What the page says of its price: schema.org's isAccessibleForFree of the article, then of its parts
    /// (https://developers.google.com/search/docs/appearance/structured-data/paywalled-content), then Facebook's content tier.
    /// </summary>
    public static bool? IsFree(PageFacts facts)
    {
        var things = (facts.Main is { } main ? facts.Things.Prepend(main) : facts.Things)
            .Where(t => t.Is(x => MainThing.IsArticle(x) || x.EndsWith("Page", StringComparison.Ordinal)))
            .ToList();
        foreach (var thing in things)
        {
            if (Flag(thing.Text("isAccessibleForFree")) is { } said)
                return said;
        }

        if (things.Exists(t => t.Things("hasPart").Any(p => Flag(p.Text("isAccessibleForFree")) == false)))
            return false;

        return facts.Scan.Meta("article:content_tier")?.Content.ToLowerInvariant() switch
        {
            "free" => true,
            "locked" => false,
            _ => null,
        };
    }

    // "False", "http://schema.org/False", 0 and false are all written.
    private static bool? Flag(string? text)
    {
        if (text is null)
            return null;
        if (text.EndsWith("false", StringComparison.OrdinalIgnoreCase) || text is "0" or "no" or "No")
            return false;
        return text.EndsWith("true", StringComparison.OrdinalIgnoreCase) || text is "1" or "yes" or "Yes" ? true : null;
    }

    private static Sourced<string>? Meta(PageFacts facts, params ReadOnlySpan<string> names) =>
        facts.Scan.Meta(names) is { } meta ? new(meta.Content, "meta:" + meta.Name) : null;

    private static string? Link(PageFacts facts, string rel)
    {
        foreach (var link in facts.Scan.Links)
        {
            if (link.Rel == rel)
                return link.Address;
        }

        return null;
    }

    private static Sourced<string>? OfThing(string? value, string name, PageFacts facts) =>
        value is null ? null : new(value, (facts.Things.Contains(facts.Main) ? "json-ld:" : "microdata:") + name);

    // A name is short and no address; handles lose their sign.
    private static Sourced<string>? Outlet(Sourced<string>? value, PageFacts facts, string? headline) =>
        Name(value) is { } named && OutletName.Of(named.Value, headline, facts.Sites) is { } name ? named with { Value = name } : null;

    private static Sourced<string>? Name(Sourced<string>? value) =>
        value is { Value: { Length: > 0 and <= 120 } text } && !text.Contains("://", StringComparison.Ordinal)
            ? value with { Value = text.TrimStart('@') }
            : null;

    // A template that calls every page the front page names no address of this one.
    private static Sourced<string>? Inner(PageFacts facts, Sourced<string>? address) =>
        address is not null && facts.Url is { IsAbsoluteUri: true, PathAndQuery.Length: > 1 } && new Uri(address.Value).PathAndQuery.Length <= 1
            ? null
            : address;

    private static string? ImageOf(SchemaThing? thing)
    {
        foreach (var image in thing?.Values("image") ?? [])
        {
            var address = image.Kind == JsonKind.Object ? (image["url"] ?? image["contentUrl"] ?? image["@id"])?.Text : image.Text;
            if (!string.IsNullOrWhiteSpace(address))
                return address;
        }

        return null;
    }

    private static Sourced<string>? Address(PageFacts facts, Sourced<string>? value) => value is null ? null : Address(facts, value.Value, value.Source);

    // http and https only: what a page names is never followed here, but it is stored.
    private static Sourced<string>? Address(PageFacts facts, string? text, string source)
    {
        if (text is not { Length: > 0 and <= MaxAddress })
            return null;

        var isValid = facts.Url is { } page ? Uri.TryCreate(page, text.Trim(), out var address) : Uri.TryCreate(text.Trim(), UriKind.Absolute, out address);
        return isValid && address!.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new(address.AbsoluteUri, source)
            : null;
    }
}
