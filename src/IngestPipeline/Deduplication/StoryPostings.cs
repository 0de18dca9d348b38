namespace IngestPipeline.Deduplication;

/// <summary>
/// The reports of each telling word, apart by blocks of days: two reports further apart than these are on no one event, and words would have ever more
/// postings otherwise.
/// </summary>
/// <param name="articles">The articles.</param>
/// <param name="reach">Days that two reports on one event may be apart; also those of a block.</param>
internal sealed class StoryPostings(ArticleTable articles, int reach)
{
    private const int Undated = int.MinValue;

    /// <summary>Blocks of days above which undated reports are found in a table of their own: a window has fewer, a batch of years has hundreds.</summary>
    private const int MostBlocks = 16;

    private readonly PostingTable _postings = new();
    private readonly Dictionary<int, int> _blocks = [];
    private PostingTable? _anyDay;
    private PostingBuffer? _loading;

    /// <summary>Bytes of the postings.</summary>
    public long Bytes => _postings.Bytes + (_anyDay?.Bytes ?? 0);

    /// <summary>Adds a report.</summary>
    public void Add(int article, TermVector vector)
    {
        var block = Block(Day(article));
        foreach (var term in vector.Keys)
        {
            _postings.Add(Key(term, block), article);
            _anyDay?.Add(term, article);
        }

        Enter(block);
    }

    /// <summary>Takes a report out.</summary>
    /// <param name="article">The report.</param>
    /// <param name="vector">Its telling words; null when <see cref="Sweep"/> follows.</param>
    public void Remove(int article, TermVector? vector)
    {
        var block = Block(Day(article));
        foreach (var term in vector?.Keys ?? [])
        {
            _postings.Remove(Key(term, block), article);
            _anyDay?.Remove(term, article);
        }

        if (--_blocks[block] == 0)
            _blocks.Remove(block);
    }

    /// <summary>Takes many reports out in one pass over everything.</summary>
    public void Sweep(Func<int, bool> isGone)
    {
        _postings.Sweep(isGone, null);
        _anyDay?.Sweep(isGone, null);
    }

    /// <summary>Adds a report as the index in the store has it; <see cref="Loaded"/> must follow.</summary>
    public void Load(int article, uint[] terms)
    {
        _loading ??= new(_postings);
        var block = Block(Day(article));
        Span<uint> keys = stackalloc uint[terms.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(terms[i], block);
            // Two words may have one key.
            if (!keys[..i].Contains(keys[i]))
                _loading.Add(keys[i], article);
        }

        Enter(block);
    }

    /// <summary>All reports of the index in the store are here.</summary>
    public void Loaded()
    {
        _loading?.Flush();
        _loading = null;
    }

    /// <summary>Adds to a list each report that may be near enough in time, as often as it shares a telling word with one.</summary>
    /// <param name="article">The report.</param>
    /// <param name="vector">Its telling words.</param>
    /// <param name="met">The list.</param>
    /// <param name="telling">The telling words of any report.</param>
    public void Meet(int article, TermVector vector, List<int> met, Func<int, TermVector> telling)
    {
        var day = Day(article);
        if (day == Undated && _blocks.Count > MostBlocks)
        {
            _anyDay ??= AnyDay(telling);
            foreach (var term in vector.Keys)
                _anyDay.AddTo(term, met);
            return;
        }

        if (day == Undated)
        {
            // It may be of any day.
            foreach (var block in _blocks.Keys)
                Meet(vector, block, met);
            return;
        }

        // Those of the days in reach stand in three blocks, of which the last is empty while articles come in their order.
        Meet(vector, Undated, met);
        for (var block = Block(day - reach); block <= Block(day + reach); block++)
            Meet(vector, block, met);
    }

    private void Meet(TermVector vector, int block, List<int> met)
    {
        if (!_blocks.ContainsKey(block))
            return;
        Span<uint> keys = stackalloc uint[vector.Keys.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = Key(vector.Keys[i], block);
        _postings.Fetch(keys);
        foreach (var key in keys)
            _postings.AddTo(key, met);
    }

    private PostingTable AnyDay(Func<int, TermVector> telling)
    {
        var postings = new PostingTable();
        for (var article = 0; article < articles.Count; article++)
        {
            if (!articles.Head(article).Has(ArticleMarks.Telling))
                continue;
            foreach (var term in telling(article).Keys)
                postings.Add(term, article);
        }

        return postings;
    }

    private void Enter(int block) => _blocks[block] = _blocks.GetValueOrDefault(block) + 1;

    private int Day(int article) => articles.Head(article).Seen is var seen and not ArticleHead.Undated ? (int)(seen / TimeSpan.TicksPerDay) : Undated;

    private int Block(int day) => day == Undated ? Undated : day / reach;

    private static uint Key(uint term, int day) => (uint)(((term ^ ((ulong)(uint)day << 32)) * 0x9E3779B97F4A7C15) >> 32);
}
