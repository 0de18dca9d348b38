namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the heading that is the article's headline, by what the page's other titles say.</summary>
internal sealed class TitleHeading
{
    // In hundredths: how far a heading must agree with another title of the page.
    private const int Some = 40;
    private const int Most = 65;
    private const int Whole = 85;

    // A title that linked data and Open Graph agree on is the article's for sure.
    private const int Agreed = 150;

    // What a heading loses that links to the front page.
    private const int Masthead = 70;

    private readonly PageFacts _facts;
    private readonly List<string> _titles;
    private readonly HashSet<string> _parts;
    private readonly HashSet<string> _documents;
    private readonly string? _agreed;
    private readonly bool _allAside;
    private readonly int _tops;

    private TitleHeading(PageFacts facts, IReadOnlyList<Sourced<string>> named)
    {
        _facts = facts;

        // Most places give the same title.
        var keys = new Dictionary<string, (string Whole, string Stripped)>(named.Count, StringComparer.Ordinal);
        foreach (var value in named.Select(n => n.Value))
        {
            if (!keys.ContainsKey(value))
                keys.Add(value, Keys(value, SiteSuffix.Strip(value, facts.Sites, None)));
        }

        var stripped = named.Select(n => (n.Source, Key: keys[n.Value].Stripped)).Where(n => n.Key.Length > 0).ToList();
        _titles = [.. named.Select(n => keys[n.Value].Whole).Concat(stripped.Select(n => n.Key)).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal)];
        _parts = keys.Keys.SelectMany(MainParts).ToHashSet(StringComparer.Ordinal);
        _documents = stripped.Where(n => n.Source == "title").Select(n => n.Key).Except(
            stripped.Where(n => n.Source != "title").Select(n => n.Key), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var linked = stripped.Find(n => n.Source == "json-ld:headline").Key;
        var shared = stripped.Find(n => n.Source == "meta:og:title").Key;
        _agreed = shared is not null && (shared == linked || IsAddress(shared, facts.Url)) ? shared : null;
        _allAside = facts.Headings.All(h => facts.Scan.IsAside(h.Region, -1));
        _tops = facts.Headings.Count(h => h.Level == 1 && !h.IsHome);
    }

    private static HashSet<string> None { get; } = [];

    public static PageHeading? Choose(PageFacts facts, IReadOnlyList<Sourced<string>> named) => new TitleHeading(facts, named).Best();

    private PageHeading? Best()
    {
        PageHeading? best = null;
        var bestScore = 0;
        var bestAgreement = 0;
        var first = true;
        foreach (var heading in _facts.Headings)
        {
            var score = Score(heading, first && heading.Level == 1, out var agreement);
            first &= heading.Level != 1 || heading.IsHome;
            if (score > bestScore)
                (best, bestScore, bestAgreement) = (heading, score, agreement);
        }

        // A motto or the section's name, where two other places agree on the title.
        return _agreed is { Length: > 20 } && bestAgreement == 0 ? null : best;
    }

    // The address ends in the title's words.
    private static bool IsAddress(string title, Uri? url)
    {
        if (url is null || url.AbsolutePath.AsSpan().TrimEnd('/') is not { Length: > 1 } path)
            return false;

        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length >= title.Length && TextKey.Words(Uri.UnescapeDataString(name.ToString()).Replace('-', ' ').Replace('_', ' ')) is var words
            && (words == title || words.StartsWith(title + " html", StringComparison.Ordinal));
    }

    private static (string Whole, string Stripped) Keys(string title, string stripped) =>
        TextKey.Words(title) is var whole && stripped.Length == title.Length ? (whole, whole) : (whole, TextKey.Words(stripped));

    // A short part beside a long one is a section's or the site's name.
    private static IEnumerable<string> MainParts(string title)
    {
        foreach (var part in SiteSuffix.Parts(title))
        {
            if (TextKey.Words(part) is var key && 3 * key.Length >= title.Length)
                yield return key;
        }
    }

    // How far the best of the other titles agrees, then what the heading is: the first h1 needs little, an h3 must be a title's part.
    private int Score(PageHeading heading, bool isFirst, out int agreement)
    {
        agreement = 0;
        var key = TextKey.Words(heading.Text);
        if (key.Length < 2 || _facts.Sites.Contains(heading.Text))
            return 0;

        agreement = key == _agreed ? Agreed : _parts.Contains(key) ? 96 - heading.Level : 0;
        foreach (var title in _titles)
            agreement = Math.Max(agreement, Agreement(key, title, isH1: heading.Level == 1) - (_documents.Contains(title) ? 6 : 0));
        var aside = !_allAside && _facts.Scan.IsAside(heading.Region, -1);
        if (heading.Level > 1 && (agreement < Whole || (heading.Level > 2 && key.Length < 6)))
            return 0;
        if (agreement < Some && !(isFirst && (aside ? _tops == 1 && key.Length >= 20 : key.Length >= 12)))
            return 0;

        var level = heading.Level switch
        {
            1 => agreement >= Most ? 60 : agreement >= Some ? 30 : 20,
            2 => 15,
            _ => 0,
        };
        return agreement + level + (isFirst ? 5 : 0) + (aside ? 0 : 10) + 1 - (heading.IsHome ? Masthead : 0);
    }

    // 100 for the same words, less for a title that goes on, for common words.
    private static int Agreement(string key, string title, bool isH1)
    {
        if (key == title)
            return 100;

        var (shorter, longer) = key.Length < title.Length ? (key, title) : (title, key);
        var at = longer.IndexOf(shorter, StringComparison.Ordinal);
        if (at >= 0)
            return (at == 0 ? 45 : 40) + (50 * shorter.Length / longer.Length);

        // Lower headings count only when they are in the title.
        if (!isH1)
            return 0;

        var a = key.Split(' ').ToHashSet(StringComparer.Ordinal);
        var b = title.Split(' ').ToHashSet(StringComparer.Ordinal);
        var common = a.Count(b.Contains);
        return 90 * common / Math.Max(1, a.Count + b.Count - common);
    }
}
