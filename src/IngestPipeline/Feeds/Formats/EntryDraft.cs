using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>An entry while its fields are being read. A field that several elements can fill keeps the one of the best (lowest) rank.</summary>
internal sealed class EntryDraft
{
    // More of them on one entry are an attack or a mistake.
    private const int MostOfAKind = 512;

    /// <summary>The rank of a summary that has an element of its own; what stands in for one ranks below a description.</summary>
    public const int SummaryElement = 9;

    private List<string>? _authors;
    private List<string>? _categories;
    private List<FeedEnclosure>? _enclosures;

    public Ranked<string> Id;
    public Ranked<string> Title;
    public Ranked<string> Link;
    public Ranked<string> Summary;
    public Ranked<string> Description;
    public Ranked<string> Content;
    public Ranked<DateTimeOffset?> Published;
    public Ranked<DateTimeOffset?> Updated;
    private int _authorRank = int.MaxValue;

    /// <summary>The publisher's own address behind a tracking link.</summary>
    public string? OriginalLink { get; set; }

    /// <summary>The address of the enclosure behind a tracking link.</summary>
    public string? OriginalEnclosure { get; set; }

    /// <summary>Adds authors; those of a better rank replace the others.</summary>
    public void AddAuthors(IEnumerable<string> names, int rank)
    {
        foreach (var name in names)
        {
            _authors ??= [];
            if (rank > _authorRank || name.Length == 0 || _authors.Count >= MostOfAKind)
                return;
            if (rank < _authorRank)
                _authors.Clear();
            _authorRank = rank;
            if (!_authors.Contains(name, StringComparer.Ordinal))
                _authors.Add(name);
        }
    }

    /// <summary>Adds a category's term.</summary>
    public void AddCategory(string? term)
    {
        _categories ??= [];
        if (!string.IsNullOrWhiteSpace(term) && _categories.Count < MostOfAKind && !_categories.Contains(term, StringComparer.Ordinal))
            _categories.Add(term);
    }

    /// <summary>Adds an enclosure.</summary>
    public void AddEnclosure(string? url, string? type, string? length)
    {
        _enclosures ??= [];
        if (!string.IsNullOrWhiteSpace(url) && _enclosures.Count < MostOfAKind && !_enclosures.Exists(e => e.Url == url))
            _enclosures.Add(new(url, type, length));
    }

    /// <summary>The finished entry.</summary>
    /// <param name="feed">Lends its authors to an entry without any.</param>
    public FeedEntry Build(FeedDraft feed)
    {
        if (OriginalEnclosure is { } original && _enclosures is { Count: 1 })
            _enclosures[0] = _enclosures[0] with { Url = original };
        // Where an entry has a summary besides its description, the description is the longer text.
        var summary = Summary.Has(SummaryElement) || Description.Value is null ? Summary.Value : Description.Value;
        return new()
        {
            Id = Id.Value,
            Title = Title.Value,
            Link = SafeLink(Link.Value),
            OriginalLink = SafeLink(OriginalLink),
            Published = Published.Value,
            Updated = Updated.Value,
            Authors = _authors is { Count: > 0 } ? _authors : feed.Authors,
            AuthorsAreTheFeeds = _authors is not { Count: > 0 } && feed.Authors.Count > 0,
            Summary = summary,
            Content = Content.Value ?? (Description.Value != summary ? Description.Value : null),
            Categories = _categories ?? [],
            Enclosures = _enclosures ?? [],
        };
    }

    // What would run in a reader's browser is not an article's address.
    private static string? SafeLink(string? link) =>
        link is null || link.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || link.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        || link.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase)
            ? null
            : link;
}
