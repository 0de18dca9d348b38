using System.Buffers;
using System.Runtime.InteropServices;

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
    private readonly List<uint> _asked = [];
    private PostingTable? _anyDay;
    private uint[] _keys = new uint[16];
    private PostingBuffer? _loading;

    /// <summary>Bytes of the postings.</summary>
    public long Bytes => _postings.Bytes + (_anyDay?.Bytes ?? 0);

    /// <summary>Adds a report that is not there.</summary>
    public void Add(int article, TermVector vector)
    {
        var block = Block(Day(article));
        foreach (var key in Keys(vector.Keys, block))
            _postings.Append(key, article);
        if (_anyDay is not null)
        {
            foreach (var term in vector.Keys)
                _anyDay.Append(term, article);
        }

        Enter(block);
    }

    /// <summary>Adds a batch, before its reports are marked as telling; returns what tells which keys there are, null where others were there before.</summary>
    /// <param name="batch">The reports and their telling words.</param>
    /// <param name="telling">The telling words of any report.</param>
    public KeyFilter? AddBatch(List<(int Article, TermVector Telling)> batch, Func<int, TermVector> telling)
    {
        var keys = batch.Sum(r => r.Telling.Keys.Length);
        var postings = ArrayPool<ulong>.Shared.Rent(keys);
        var count = 0;
        foreach (var (article, vector) in batch)
        {
            var block = Block(Day(article));
            foreach (var key in Keys(vector.Keys, block))
                postings[count++] = PostingTable.Of(key, article);
            Enter(block);
        }

        _postings.AddBatch(postings.AsSpan(0, count));
        if (_anyDay is not null || (_blocks.Count > MostBlocks && batch.Exists(r => Day(r.Article) == Undated)))
            AddBatchOfAnyDay(batch, telling, postings);
        ArrayPool<ulong>.Shared.Return(postings);
        return _postings.FilterBatch();
    }

    private void AddBatchOfAnyDay(List<(int Article, TermVector Telling)> batch, Func<int, TermVector> telling, ulong[] postings)
    {
        _anyDay ??= AnyDay(telling);
        var count = 0;
        foreach (var (article, vector) in batch)
        {
            foreach (var term in vector.Keys)
                postings[count++] = PostingTable.Of(term, article);
        }

        _anyDay.AddBatch(postings.AsSpan(0, count));
    }

    /// <summary>Takes a report out.</summary>
    /// <param name="article">The report.</param>
    /// <param name="vector">Its telling words; null when <see cref="Sweep"/> follows.</param>
    public void Remove(int article, TermVector? vector)
    {
        var block = Block(Day(article));
        foreach (var term in vector is null ? [] : vector.Keys)
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
        foreach (var key in Keys(terms, block))
            _loading.Add(key, article);
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
    /// <param name="below">The number from which on a report of the last batch is left out.</param>
    /// <param name="telling">The telling words of any report.</param>
    /// <param name="filter">What <see cref="AddBatch"/> returned, for a report of that batch as long as nothing else was added.</param>
    public void Meet(int article, TermVector vector, List<int> met, int below, Func<int, TermVector> telling, KeyFilter? filter)
    {
        var day = Day(article);
        if (day == Undated && _blocks.Count > MostBlocks)
        {
            _anyDay ??= AnyDay(telling);
            foreach (var term in vector.Keys)
                _anyDay.AddTo(term, met, below);
            return;
        }

        _asked.Clear();
        if (day == Undated)
        {
            // It may be of any day.
            foreach (var block in _blocks.Keys)
                Ask(vector, block, day, filter);
        }
        else
        {
            // Those of the days in reach stand in three blocks, of which the last is empty while articles come in their order.
            Ask(vector, Undated, day, filter);
            for (var block = Block(day - reach); block <= Block(day + reach); block++)
                Ask(vector, block, day, filter);
        }

        _postings.Fetch(CollectionsMarshal.AsSpan(_asked));
        foreach (var key in _asked)
            _postings.AddTo(key, met, below);
    }

    private void Ask(TermVector vector, int block, int day, KeyFilter? filter)
    {
        if (!_blocks.ContainsKey(block))
            return;
        var keys = Keys(vector.Keys, block);
        // Those of its own days it has itself.
        _asked.AddRange(filter is null ? keys : keys[..filter.Keep(keys, isShared: block == Block(day))]);
    }

    // Each once: two words may have one key. Valid until the next call.
    private Span<uint> Keys(ReadOnlySpan<uint> terms, int block)
    {
        var count = 0;
        if (_keys.Length < terms.Length)
            _keys = new uint[terms.Length];
        foreach (var term in terms)
        {
            var key = Key(term, block);
            if (!_keys.AsSpan(0, count).Contains(key))
                _keys[count++] = key;
        }

        return _keys.AsSpan(0, count);
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
