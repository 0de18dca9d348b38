namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the heading that is the article's headline, by what the page's other titles say.</summary>
internal static class TitleHeading
{
    // In hundredths: how far a heading must agree with another title of the page.
    private const int Some = 40;
    private const int Most = 65;
    private const int Whole = 85;

    // What a heading loses that links to the front page.
    private const int Masthead = 70;

    public static PageHeading? Choose(PageFacts facts, IReadOnlyList<Sourced<string>> named)
    {
        var titles = named.Select(n => TextKey.Words(n.Value)).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var parts = named.Select(n => n.Value).Distinct(StringComparer.Ordinal).SelectMany(MainParts).ToHashSet(StringComparer.Ordinal);
        PageHeading? best = null;
        var bestScore = 0;
        var first = true;
        foreach (var heading in facts.Headings)
        {
            var score = Score(heading, titles, parts, facts, first && heading.Level == 1);
            first &= heading.Level != 1;
            if (score > bestScore)
                (best, bestScore) = (heading, score);
        }

        return best;
    }

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
    private static int Score(PageHeading heading, List<string> titles, HashSet<string> parts, PageFacts facts, bool isFirst)
    {
        var key = TextKey.Words(heading.Text);
        if (key.Length < 2 || facts.Sites.Contains(heading.Text))
            return 0;

        var agreement = parts.Contains(key) ? 96 - heading.Level : 0;
        foreach (var title in titles)
            agreement = Math.Max(agreement, Agreement(key, title, isH1: heading.Level == 1));
        var aside = facts.Scan.IsAside(heading.Region, -1);
        if (heading.Level > 1 && (agreement < Whole || (heading.Level > 2 && key.Length < 6)))
            return 0;
        if (agreement < Some && (aside || !isFirst || key.Length < 12))
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
