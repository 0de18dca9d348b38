namespace IngestPipeline.Deduplication;

/// <summary>Counts how often articles, named by small numbers, are met. Clearing costs no more than what was counted.</summary>
/// <param name="enough">Meetings from which an article is among <see cref="Enough"/>.</param>
internal sealed class ArticleCounter(int enough = 1)
{
    private readonly List<int> _met = [];
    private readonly List<int> _enough = [];
    private ushort[] _counts = new ushort[1024];

    /// <summary>The articles met, in the order in which they were first.</summary>
    public List<int> Met => _met;

    /// <summary>The articles met often enough, in the order in which they became so.</summary>
    public List<int> Enough => _enough;

    /// <summary>How often any was met.</summary>
    public long Total { get; private set; }

    /// <summary>How often an article was met.</summary>
    public int this[int article] => article < _counts.Length ? _counts[article] : 0;

    /// <summary>Counts one more for an article, less than 65,536 in all.</summary>
    public void Count(int article)
    {
        if (article >= _counts.Length)
            Array.Resize(ref _counts, Math.Max(article + 1, _counts.Length * 2));
        Total++;
        var count = ++_counts[article];
        if (count == 1)
            _met.Add(article);
        if (count == enough)
            _enough.Add(article);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var article in _met)
            _counts[article] = 0;
        _met.Clear();
        _enough.Clear();
        Total = 0;
    }
}
