namespace IngestPipeline.Deduplication;

/// <summary>Counts how often articles, named by small numbers, are met. Clearing costs no more than what was counted.</summary>
internal sealed class ArticleCounter
{
    private readonly List<int> _met = [];
    private ushort[] _counts = new ushort[1024];

    /// <summary>The articles met, in the order of the first meeting.</summary>
    public IReadOnlyList<int> Met => _met;

    /// <summary>How often any was met.</summary>
    public long Total { get; private set; }

    /// <summary>How often an article was met.</summary>
    public int this[int article] => article < _counts.Length ? _counts[article] : 0;

    /// <summary>Counts one more for an article.</summary>
    public void Count(int article)
    {
        if (article >= _counts.Length)
            Array.Resize(ref _counts, Math.Max(article + 1, _counts.Length * 2));
        Total++;
        if (_counts[article]++ == 0)
            _met.Add(article);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var article in _met)
            _counts[article] = 0;
        _met.Clear();
        Total = 0;
    }
}
