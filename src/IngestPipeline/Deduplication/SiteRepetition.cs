namespace IngestPipeline.Deduplication;

/// <summary>Tells by the articles that hold an anchor whether a site repeats it. Not safe for two threads.</summary>
internal sealed class SiteRepetition(ArticleTable articles)
{
    /// <summary>An anchor in this many articles of one source, under different headlines, may be the site's own words.</summary>
    public const int LeastArticles = 4;

    /// <summary>An anchor in more articles than this points at nothing.</summary>
    private const int CommonFrom = 2000;

    private readonly List<(uint Source, uint Title)> _scratch = [];

    /// <summary>
    /// True when the articles that hold an anchor say that their site repeats it: a story that many outlets carry stands once or twice with each, what a
    /// site repeats stands with that site again and again.
    /// </summary>
    public bool IsRepeated(List<int> found)
    {
        if (found.Count < LeastArticles)
            return false;
        if (found.Count > CommonFrom)
            return true;
        _scratch.Clear();
        var unknown = 0;
        foreach (var article in found)
        {
            ref readonly var head = ref articles.Head(article);
            if (head.Source == 0)
                unknown++;
            else
                _scratch.Add((head.Source, head.Headline));
        }

        _scratch.Sort();
        int sources = unknown, most = 0, here = 0;
        for (var i = 0; i < _scratch.Count; i++)
        {
            if (i == 0 || _scratch[i].Source != _scratch[i - 1].Source)
            {
                sources++;
                here = 1;
            }
            else if (_scratch[i].Title != _scratch[i - 1].Title)
            {
                here++;
            }

            most = Math.Max(most, here);
        }

        return most >= LeastArticles && found.Count * 2 >= sources * 5;
    }
}
