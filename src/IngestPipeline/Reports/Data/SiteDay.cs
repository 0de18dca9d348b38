namespace IngestPipeline.Reports.Data;

/// <summary>A site on one day.</summary>
internal sealed class SiteDay
{
    private readonly List<int> _lengths = [];

    public int Records { get; private set; }

    public int NoText { get; private set; }

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public double RemovedShare => Kept + Removed == 0 ? 0 : (double)Removed / (Kept + Removed);

    public double NoTextShare => Records == 0 ? 0 : (double)NoText / Records;

    /// <summary>The median length of its texts in characters; 0 when there are none.</summary>
    public int MedianLength
    {
        get
        {
            if (_lengths.Count == 0)
                return 0;
            _lengths.Sort();
            return _lengths[_lengths.Count / 2];
        }
    }

    public void Add(ArticleSummary article)
    {
        Records++;
        Kept += article.Kept;
        Removed += article.Removed;
        if (article.HasText)
            _lengths.Add(article.Kept);
        else
            NoText++;
    }
}
