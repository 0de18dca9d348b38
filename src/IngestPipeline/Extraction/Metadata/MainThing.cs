using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Chooses among the things of a page the one that the page is about.</summary>
internal static class MainThing
{
    /// <summary>The types of schema.org below <c>Article</c>, and those that news pages use in its stead.</summary>
    public static bool IsArticle(string type) =>
        type.EndsWith("Article", StringComparison.OrdinalIgnoreCase) || type.EndsWith("Posting", StringComparison.OrdinalIgnoreCase)
        || type is "Report" or "NewsItem" or "Blog";

    /// <summary>The best fitting thing; null when none describes an article or another work.</summary>
    public static SchemaThing? Choose(IReadOnlyList<SchemaThing> things, PageFacts facts)
    {
        if (things.Count == 0)
            return null;

        SchemaThing? best = null;
        var bestScore = 0;
        var heads = Keys(facts);
        foreach (var thing in things)
        {
            var score = Score(thing, facts, heads);
            if (score > bestScore)
                (best, bestScore) = (thing, score);
        }

        return best;
    }

    private static HashSet<string> Keys(PageFacts facts)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in facts.Headings.Where(h => h.Level == 1).Select(h => h.Text).Concat(facts.Metas("og:title", "twitter:title").Select(m => m.Content)))
            keys.Add(TextKey.Words(text));
        return keys;
    }

    private static int Score(SchemaThing thing, PageFacts facts, HashSet<string> heads)
    {
        var score = thing.Is(IsArticle) ? 40 : thing.Is(t => t is "Recipe" or "HowTo" or "VideoObject" or "Review" or "CreativeWork" or "PodcastEpisode" or "Event" or "FAQPage"
            or "ImageGallery" or "MediaGallery" or "CollectionPage") ? 10 : 0;
        if (score == 0)
            return 0;

        if (thing.Text("headline") is { } headline)
            score += heads.Contains(TextKey.Words(headline)) ? 30 : 4;
        else if (thing.Text("name") is { } name)
            score += heads.Contains(TextKey.Words(name)) ? 20 : 1;
        if (thing.Values("datePublished").Any())
            score += 3;
        if (thing.Values("author").Any())
            score += 3;
        if (IsHere(thing.Text("mainEntityOfPage"), facts.Url) || IsHere(thing.Text("url"), facts.Url) || IsHere(thing.Value["@id"]?.Text, facts.Url))
            score += 20;
        return score;
    }

    private static bool IsHere(string? address, Uri? url) =>
        url is not null && address is { Length: > 0 and < 4_000 } && Uri.TryCreate(url, address, out var named)
        && named.AbsolutePath.TrimEnd('/').Equals(url.AbsolutePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase) && url.AbsolutePath.Length > 1;
}
