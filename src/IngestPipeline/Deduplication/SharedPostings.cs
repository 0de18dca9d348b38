namespace IngestPipeline.Deduplication;

/// <summary>Which of its keys each article of a batch shares with others.</summary>
internal sealed class SharedPostings
{
    private readonly int[] _ends;
    private readonly int[] _places;

    /// <param name="shared">The article in the upper half, and in the lower the place of one of its keys in the batch.</param>
    /// <param name="articles">The number from which on there is no article.</param>
    public SharedPostings(ReadOnlySpan<ulong> shared, int articles)
    {
        // Counted one place on: when each is put in its place, an article's start has become its end.
        _ends = new int[articles + 1];
        _places = new int[shared.Length];
        foreach (var posting in shared)
            _ends[(int)(posting >> 32) + 1]++;
        for (var article = 0; article < articles; article++)
            _ends[article + 1] += _ends[article];
        foreach (var posting in shared)
            _places[_ends[posting >> 32]++] = (int)(uint)posting;
    }

    /// <summary>The places in the batch of an article's shared keys.</summary>
    public ReadOnlySpan<int> Of(int article) => _places.AsSpan((article == 0 ? 0 : _ends[article - 1]).._ends[article]);
}
