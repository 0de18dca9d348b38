using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>What the readers of single values share: the walk's findings, the page's things, its main thing and its headline.</summary>
internal sealed class PageFacts
{
    private const int Paragraph = 100;

    // Scripts that write syllables or whole words with one letter say as much in less.
    private const int ShortParagraph = 35;

    private int? _textFrom;

    private PageFacts(PageScan scan, Uri? url)
    {
        Scan = scan;
        Url = url;
        Things = LinkedData.Read(scan.LinkedData);
        var byId = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        Microdata = [.. scan.Microdata.Select(v => new SchemaThing(v, byId))];
        Locale = scan.Language ?? scan.Meta("og:locale", "content-language", "language", "dc.language")?.Content.Replace('_', '-');
        Headings = [.. scan.Headings.Where(h => h.Text.Length > 0)];
        Main = MainThing.Choose(Things, this) ?? MainThing.Choose(Microdata, this);
        Sites = SiteNames.Of(this);
    }

    public PageScan Scan { get; }

    public Uri? Url { get; }

    /// <summary>The things of JSON-LD.</summary>
    public IReadOnlyList<SchemaThing> Things { get; }

    /// <summary>The things of microdata and RDFa Lite.</summary>
    public IReadOnlyList<SchemaThing> Microdata { get; }

    /// <summary>The page's language as it says itself, with its region where it names one.</summary>
    public string? Locale { get; }

    /// <summary>The locale for dates such as 03/04/2026: English without a region takes the one of a country's domain.</summary>
    public string? DateLocale =>
        Locale is "en" && Url?.Host.LastIndexOf('.') is int dot and > 0 && Url.Host.Length - dot == 3 ? "en-" + Url.Host[(dot + 1)..] : Locale;

    /// <summary>The headings that have a text.</summary>
    public IReadOnlyList<PageHeading> Headings { get; }

    /// <summary>The thing that describes the page's article; null when none does.</summary>
    public SchemaThing? Main { get; }

    /// <summary>The names by which the page calls its site.</summary>
    public SiteNames Sites { get; }

    /// <summary>Where the headline stands; −1 until it is known, and where the page shows none.</summary>
    public int Headline { get; set; } = -1;

    public static PageFacts Of(PageScan scan, Uri? url) => new(scan, url);

    /// <summary>The values of a meta name under any of its spellings, the earlier spelling first.</summary>
    public IEnumerable<PageMeta> Metas(params string[] names) => names.SelectMany(Scan.MetasOf);

    /// <summary>
    /// Where the article's text is under way: the second long line below the headline, as the first may be its standfirst. What stands behind is no longer
    /// right below the headline, however few elements the text has. To be asked once the headline is known.
    /// </summary>
    public int TextFrom =>
        _textFrom ??= Scan.Lines.Where(l => IsLong(l) && l.Position > Headline && !IsAside(l.Region))
            .Skip(1)
            .Select(l => l.Position)
            .DefaultIfEmpty(int.MaxValue)
            .First();

    /// <summary>True for whom the headline speaks of; <c>Ann Larsen. Why the ferry is late</c> speaks of nobody.</summary>
    public bool IsInHeadline(string name) =>
        Headings.FirstOrDefault(h => h.Position == Headline).Text is { } headline
            && headline.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        && !(at == 0 && headline.AsSpan(name.Length) is ['.', ' ', ..]);

    private static bool IsLong(PageLine line) =>
        line.Length >= Paragraph || (line.Length >= ShortParagraph && NameAffixes.IsUnspaced(line.Text[line.Text.Length / 2]));

    /// <summary>True when a region is another thing than the article.</summary>
    public bool IsAside(int region) => Scan.IsAside(region, Headline);
}
