namespace IngestPipeline.Deduplication;

/// <summary>Gathers the groups of copies into stories and finds, within each story, which reports rewrite another.</summary>
internal sealed class StoryMaker(CopyWindow window, CopyOptions options)
{
    private readonly IComparer<int> _order = window.Order;
    private readonly StoryGrouping _grouping = new(window.Stories, window.Order, options);

    /// <summary>The stories that the given articles touch, each with the canonical articles in it.</summary>
    /// <param name="articles">Articles whose group or relations changed.</param>
    /// <param name="canonicalOf">The canonical article of each article in the window.</param>
    public IEnumerable<List<int>> Stories(IEnumerable<int> articles, Func<int, int> canonicalOf)
    {
        var done = new HashSet<int>();
        foreach (var article in articles)
        {
            if (window.Stories.RelationsOf(article).Count == 0 && canonicalOf(article) is var canonical && window.Stories.RelationsOf(canonical).Count == 0)
            {
                if (done.Add(canonical))
                    yield return [canonical];
                continue;
            }

            foreach (var start in window.Stories.RelationsOf(article).Keys.Append(article).Select(canonicalOf))
            {
                if (done.Contains(start))
                    continue;
                var component = Component(start, canonicalOf);
                done.UnionWith(component);
                foreach (var story in _grouping.Group(component))
                    yield return story;
            }
        }
    }

    /// <summary>For each canonical article of a story that tells another's report in other words, that report and the share of common words.</summary>
    public Dictionary<int, (int Of, int Score)> Rewrites(List<int> story)
    {
        var rewrites = new Dictionary<int, (int Of, int Score)>();
        if (story.Count < 2)
            return rewrites;
        var roots = new List<int>();
        foreach (var article in story.OrderBy(a => AgencyCredit.OfSource(window.Articles.Print(a).Document.Source) is null).ThenBy(a => a, _order))
        {
            var of = roots.FindIndex(r => window.Stories.RewriteScore(article, r) > 0);
            if (of >= 0)
                rewrites[article] = (roots[of], window.Stories.RewriteScore(article, roots[of]));
            else
                roots.Add(article);
        }

        return rewrites;
    }

    private HashSet<int> Component(int start, Func<int, int> canonicalOf)
    {
        var component = new HashSet<int> { start };
        var queue = new Queue<int>(component);
        while (queue.TryDequeue(out var article))
        {
            foreach (var other in window.Stories.RelationsOf(article).Keys)
            {
                if (canonicalOf(other) == other && !component.Contains(other) && window.Stories.RelationOf(article, other) is not null && component.Add(other))
                    queue.Enqueue(other);
            }
        }

        window.Articles.Counts.Gathered += component.Count;
        return component;
    }
}
