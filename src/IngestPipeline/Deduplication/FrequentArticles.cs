using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds the articles that are met several times among thousands that are met once. A small table that many share sorts those out first, so that only
/// the others are counted one by one.
/// </summary>
/// <param name="least">Meetings from which an article is frequent, 1 to 255.</param>
internal sealed class FrequentArticles(int least)
{
    /// <summary>
    /// The size of the table, which fits into the processor's first cache beside what else is read; so few articles are as well counted one by one.
    /// </summary>
    public const int Places = 1 << 14;

    /// <summary>Meetings from which sorting out pays.</summary>
    private const int Many = 48;

    private readonly byte[] _places = new byte[Places];
    private readonly ArticleCounter _counter = new(least);

    /// <summary>How often an article stood in the list of the last call; perhaps 0 for one that was not frequent.</summary>
    public int this[int article] => _counter[article];

    /// <summary>The articles that stand in a list often enough; valid until the next call.</summary>
    public List<int> In(List<int> met)
    {
        _counter.Clear();
        var articles = CollectionsMarshal.AsSpan(met);
        if (articles.Length < Many)
        {
            foreach (var article in articles)
                _counter.Count(article);
            return _counter.Enough;
        }

        foreach (var article in articles)
        {
            ref var place = ref _places[article & (Places - 1)];
            if (place < byte.MaxValue)
                place++;
        }

        foreach (var article in articles)
        {
            if (_places[article & (Places - 1)] >= least)
                _counter.Count(article);
        }

        Array.Clear(_places);
        return _counter.Enough;
    }
}
