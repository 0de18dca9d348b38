namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the heading that is the article's headline, by what the page's other titles say.</summary>
internal static class TitleHeading
{
    public static PageHeading? Choose(PageFacts facts, IReadOnlyList<Sourced<string>> named)
    {
        var titles = named.Select(n => TextKey.Words(n.Value)).Where(k => k.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        PageHeading? best = null;
        var bestScore = 0;
        var first = true;
        foreach (var heading in facts.Headings)
        {
            if (heading.Level > 2)
                continue;

            var score = Score(heading, titles, facts, first && heading.Level == 1);
            first &= heading.Level != 1;
            if (score > bestScore)
                (best, bestScore) = (heading, score);
        }

        return best;
    }

    // In hundredths: how far the best of the other titles agrees, then what the heading is.
    private static int Score(PageHeading heading, List<string> titles, PageFacts facts, bool isFirst)
    {
        var key = TextKey.Words(heading.Text);
        if (key.Length < 2 || facts.Sites.Contains(heading.Text))
            return 0;

        var agreement = 0;
        foreach (var title in titles)
            agreement = Math.Max(agreement, Agreement(key, title));
        var aside = facts.Scan.IsAside(heading.Region, -1);
        if (heading.Level == 2 && agreement < 90)
            return 0;
        if (agreement < 40 && (aside || !isFirst || key.Length < 12))
            return 0;
        return agreement + (heading.Level == 1 ? 60 : 0) + (isFirst ? 5 : 0) + (aside ? 0 : 10) + 1;
    }

    // 100 for the same words, less for a title that goes on, for common words.
    private static int Agreement(string key, string title)
    {
        if (key == title)
            return 100;
        if (title.Contains(key, StringComparison.Ordinal) || key.Contains(title, StringComparison.Ordinal))
            return 40 + (50 * Math.Min(key.Length, title.Length) / Math.Max(key.Length, title.Length));

        var a = key.Split(' ').ToHashSet(StringComparer.Ordinal);
        var b = title.Split(' ').ToHashSet(StringComparer.Ordinal);
        var common = a.Count(b.Contains);
        return 90 * common / Math.Max(1, a.Count + b.Count - common);
    }
}
