namespace IngestPipeline.Extraction.Metadata;

/// <summary>The names by which a page calls its site: for taking them off headlines, and for telling outlets from people.</summary>
internal sealed class SiteNames
{
    // Parts of host names that name no site.
    private static readonly HashSet<string> GenericLabels =
        ["www", "com", "blog", "blogs", "news", "newsletter", "shop", "forum", "mobile", "amp", "web", "wiki", "media", "gov", "edu", "org", "net"];

    private const int MaxSection = 30;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly string? _label;

    // ".example"
    private readonly string? _top;

    // A page that names its site after its article names no site.
    private readonly HashSet<string> _headlines;

    private readonly HashSet<string> _sections;

    private readonly SiteOwner _owner;

    private SiteNames(PageFacts facts)
    {
        _sections = facts.Metas("article:section", "og:article:section", "section").Select(m => m.Content).Append(facts.Main?.Text("articleSection") ?? "")
            .Select(TextKey.Words).Where(k => k.Length > 1 && k.Length < MaxSection).ToHashSet(StringComparer.Ordinal);
        _owner = new(facts);
        _headlines = facts.Metas("og:title")
            .Select(m => m.Content)
            .Append(facts.Main?.Text("headline") ?? "")
            .Append(facts.Scan.Title ?? "")
            .Select(TextKey.Words)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var meta in facts.Metas("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "dc.publisher", "citation_publisher", "publisher", "al:ios:app_name"))
            Add(meta.Content);
        foreach (var thing in facts.Things.Concat(facts.Microdata))
        {
            foreach (var publisher in thing.Things("publisher"))
                Add(publisher.Text("name"));
            if (thing.Is(t => t is "WebSite" || t.EndsWith("Organization", StringComparison.Ordinal)))
            {
                Add(thing.Text("name"));
                Add(thing.Text("alternateName"));
            }
        }

        foreach (var heading in facts.Headings)
        {
            if (heading.IsHome)
                Add(heading.Text);
        }

        if (facts.Url is { HostNameType: UriHostNameType.Dns } url)
        {
            Add(url.Host);
            Add(url.Host.StartsWith("www.", StringComparison.Ordinal) ? url.Host[4..] : null);
            _label = LongestLabel(url.Host);
            _top = url.Host.LastIndexOf('.') is > 0 and var dot ? url.Host[dot..] : null;
            foreach (var label in url.Host.Split('.').SkipLast(1))
            {
                if (label.Length >= 3 && !GenericLabels.Contains(label))
                    Add(label);
            }
        }
    }

    public static SiteNames Of(PageFacts facts) => new(facts);

    /// <summary>True when a text is one of the site's names, or the domain's name spelt with blanks.</summary>
    public bool Contains(string text)
    {
        var key = TextKey.Words(text);
        if (key.Length == 0)
            return false;
        if (_keys.Contains(key))
            return true;

        var joined = key.Replace(" ", "", StringComparison.Ordinal);
        return _keys.Contains(joined) || SpellsLabel(joined, least: 4);
    }

    /// <summary>True for a name like the site's that is the person's whose site it is; a name that goes on from the domain's is a desk's.</summary>
    public bool IsOwner(string name) =>
        Resembles(name)
            && !(_label is not null && TextKey.Joined(name) is var joined && joined.Length > _label.Length && joined.StartsWith(_label, StringComparison.Ordinal))
        && _owner.Is(name, Contains(name));

    /// <summary>True when a text spells the domain's name: <c>Harbour Post</c> or <c>HarbourPost.example</c> of harbour-post.example.</summary>
    public bool IsDomain(string text)
    {
        var name = _top is not null && text.EndsWith(_top, StringComparison.OrdinalIgnoreCase) ? text[..^_top.Length] : text;
        return SpellsLabel(TextKey.Joined(name), least: 3);
    }

    /// <summary>True when a short text and one of the site's names share their beginning or all their words.</summary>
    public bool Resembles(string text)
    {
        if (Contains(text))
            return true;

        var key = TextKey.Words(text);
        var joined = key.Replace(" ", "", StringComparison.Ordinal);
        if (joined.Length < 3)
            return false;
        if (_label is { Length: >= 4 }
            && (joined.Contains(_label, StringComparison.Ordinal) || (_label.Contains(joined, StringComparison.Ordinal) && joined.Length >= 4)))
            return true;

        if (_label is { Length: >= 3 }
            && (key == _label || StartsIn(key, _label) || EndsIn(key, _label) || key.Contains($" {_label} ", StringComparison.Ordinal)))
            return true;

        foreach (var name in _keys)
        {
            if (name.Length >= 4 && (StartsIn(key, name) || EndsIn(key, name) || (key.Length >= 4 && (StartsIn(name, key) || EndsIn(name, key)))))
                return true;
        }

        return false;
    }

    /// <summary>True for what stands behind a bar at a title's end: the page's section, or one word that the domain's name begins or ends with.</summary>
    public bool IsSectionOrPart(string text) =>
        TextKey.Words(text) is var key
            && (_sections.Contains(key) || (key.Length >= 4 && _label is not null && (_label.StartsWith(key, StringComparison.Ordinal) || _label.EndsWith(key, StringComparison.Ordinal))));

    private bool SpellsLabel(string joined, int least) =>
        _label is { } label
            && label.Length >= least
            && (joined == label || (joined.Length == label.Length + 3 && joined.StartsWith("the", StringComparison.Ordinal) && joined.EndsWith(label, StringComparison.Ordinal)));

    // With a blank behind the words, and before them.
    private static bool StartsIn(string text, string words) =>
        text.Length > words.Length && text[words.Length] == ' ' && text.StartsWith(words, StringComparison.Ordinal);

    private static bool EndsIn(string text, string words) =>
        text.Length > words.Length && text[^(words.Length + 1)] == ' ' && text.EndsWith(words, StringComparison.Ordinal);

    private void Add(string? name)
    {
        if (name is { Length: > 1 and <= 80 } && TextKey.Words(name) is { Length: > 1 } key && !_headlines.Contains(key) && _keys.Count < 60)
        {
            _keys.Add(key);
            _keys.Add(key.Replace(" ", "", StringComparison.Ordinal));
        }
    }

    private static string? LongestLabel(string host)
    {
        var labels = host.Split('.');
        return labels.Take(Math.Max(1, labels.Length - 1))
            .Where(l => l is not "www")
            .MaxBy(l => l.Length)?.Replace("-", "", StringComparison.Ordinal)
            .ToLowerInvariant();
    }
}
