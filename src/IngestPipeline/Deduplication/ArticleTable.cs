namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles of the window by number: a head of each in memory, and of those used lately what was worked out about them. The others' cards are
/// read back when they are needed. Without a card file everything stays in memory.
/// </summary>
/// <param name="cards">Where cards are kept; null for nowhere.</param>
/// <param name="mostTokens">The tokens of articles at hand above which those not used for the longest time are let go.</param>
/// <param name="longFrom">Tokens from which a text may come again after days.</param>
/// <param name="most">Articles in the window at most.</param>
internal sealed class ArticleTable(ICardFile? cards, long mostTokens, int longFrom, int most = ArticleTable.MostArticles)
{
    /// <summary>Articles that have numbers of 24 bits in the table of ids, where one is none, and so in postings.</summary>
    public const int MostArticles = PostingTable.MaxArticles - 1;

    /// <summary>What an article at hand costs beside its tokens, in tokens.</summary>
    private const int NodeTokens = 100;

    private readonly Dictionary<int, ArticleNode> _nodes = [];
    private readonly ArticleHeads _heads = new();
    private readonly Stack<int> _free = [];
    private readonly NumberSet _thin = new();
    private readonly TermVectorBuilder _terms = new();

    // The marks that the index in the store has of each article; none for one that it must say all of anew.
    private ArticleMarks[] _saved = new ArticleMarks[256];
    private long _tokens;
    private int _batch;

    /// <summary>Numbers that were given; some may be free again.</summary>
    public int Count { get; private set; }

    /// <summary>Articles in the window.</summary>
    public int Here => Count - _free.Count;

    /// <summary>Bytes of the heads and of the table of ids.</summary>
    public long ResidentBytes => _heads.Bytes + _thin.Bytes + (_saved.LongLength * sizeof(ArticleMarks)) + Ids.Bytes;

    /// <summary>What the stages did.</summary>
    public CopyCounts Counts { get; } = new();

    /// <summary>Sets the weights of a fingerprint that was read back.</summary>
    public Action<Fingerprint>? Weigh { get; set; }

    /// <summary>The order of first seen, undated last, and id, in which the first article of a pair is the earlier one.</summary>
    public IComparer<int> Order => field ??= Comparer<int>.Create(Compare);

    private IdTable Ids => field ??= new(_heads);

    /// <summary>An article's head.</summary>
    public ref ArticleHead Head(int number) => ref _heads[number];

    /// <summary>True when the article of the number is in the window.</summary>
    public bool IsHere(int number) => _heads[number].Has(ArticleMarks.Here);

    /// <summary>True when the article of the number is hardly more than a headline; its head says the same, which is far from the others'.</summary>
    public bool IsThin(int number) => _thin.Has(number);

    /// <summary>The number of an article; null when it is not in the window.</summary>
    public int? NumberOf(string id) => NumberOf(Records.IdKey.Of(id));

    /// <summary>True when the article with a key is in the window.</summary>
    public bool Has(ulong idKey) => Ids.Find(idKey) >= 0;

    /// <summary>The number of the article with a key; null when it is not in the window.</summary>
    public int? NumberOf(ulong idKey) => Ids.Find(idKey) is var number and >= 0 ? number : null;

    /// <summary>What is at hand of an article; null when nothing is.</summary>
    public ArticleNode? Peek(int number) => _nodes.GetValueOrDefault(number);

    /// <summary>What is worked out about an article.</summary>
    public ArticleNode Node(int number)
    {
        if (!_nodes.TryGetValue(number, out var node))
        {
            _nodes[number] = node = new();
            _tokens += NodeTokens;
        }

        node.Used = _batch;
        return node;
    }

    /// <summary>An article's fingerprint.</summary>
    public Fingerprint Print(int number)
    {
        var node = Node(number);
        if (node.Print is { } print)
            return print;
        Counts.Cards++;
        print = FingerprintCard.Read(cards!.Read(_heads[number].Card));
        if (_heads[number].Has(ArticleMarks.Repeating))
            Weigh?.Invoke(print);
        _tokens += print.Text.Count;
        return node.Print = print;
    }

    /// <summary>The telling words of an article without what its site repeats.</summary>
    public TermVector Terms(int number)
    {
        ref var head = ref _heads[number];
        if (Peek(number)?.Print is null && head.Card.Blocks > 0 && !head.Has(ArticleMarks.Repeating))
        {
            Counts.Cards++;
            if (FingerprintCard.ReadTerms(cards!.Read(head.Card)) is { } kept)
                return kept;
        }

        return _terms.Build(Print(number));
    }

    /// <summary>Makes sure that a batch fits in, before anything of it is taken.</summary>
    /// <exception cref="WindowFullException">It does not.</exception>
    public void Hold(IReadOnlyList<CopyDocument> batch)
    {
        // Later batches let it double, which happens seldom.
        if (_nodes.Count == 0)
            _nodes.EnsureCapacity(batch.Count);
        if (Here <= most - batch.Count)
            return;
        var more = batch.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count(id => NumberOf(id) is null);
        if (Here + more > most)
            throw new WindowFullException(Here, more, most);
    }

    /// <summary>Takes an article in; returns its number.</summary>
    /// <param name="print">The article.</param>
    /// <param name="replaced">The number of an article that was taken out and not freed, to be given to this one; null for any other.</param>
    public int Add(Fingerprint print, int? replaced = null)
    {
        var number = replaced ?? Next();
        _heads[number] = new()
        {
            Seen = print.Document.FirstSeen?.UtcTicks ?? ArticleHead.Undated,
            IdKey = Records.IdKey.Of(print.Document.Id),
            FamilyKey = print.FamilyKey,
            Source = Half(print.Source),
            Headline = Half(print.TitleKey == 0 ? print.TextKey : print.TitleKey),
            Anchors = (ushort)Math.Min(ushort.MaxValue, print.AnchorHashes.Length),
            Marks = ArticleMarks.Here
                | (print.IsThin ? ArticleMarks.Thin : 0)
                | (print.ShingleCount <= Shingles.DenseUpTo ? ArticleMarks.Dense : 0)
                | (print.Text.Count >= longFrom ? ArticleMarks.Long : 0),
        };
        _thin.Set(number, print.IsThin);
        Ids.Add(number);
        Node(number).Print = print;
        _tokens += print.Text.Count;
        return number;
    }

    /// <summary>Takes an article in as the index in the store has it; returns its number.</summary>
    public int Load(in ArticleHead head)
    {
        var number = Next();
        _heads[number] = head;
        _saved[number] = head.Marks;
        _thin.Set(number, head.Has(ArticleMarks.Thin));
        Ids.Add(number);
        return number;
    }

    /// <summary>What the index in the store says of an article, its marks apart, holds no longer.</summary>
    public void Touch(int number) => _saved[number] = ArticleMarks.None;

    /// <summary>The articles of which the index in the store must say all anew, and those of which it has other marks; from now on it has them.</summary>
    public (List<int> Whole, List<int> Marked) TakeChanges()
    {
        var (whole, marked) = (new List<int>(), new List<int>());
        for (var number = 0; number < Count; number++)
        {
            if (!IsHere(number) || _saved[number] == _heads[number].Marks)
                continue;
            (_saved[number] == ArticleMarks.None ? whole : marked).Add(number);
            _saved[number] = _heads[number].Marks;
        }

        return (whole, marked);
    }

    /// <summary>Takes an article out. Its number is given again only after <see cref="Free"/>.</summary>
    public void Remove(int number)
    {
        Ids.Remove(number);
        _heads[number] = default;
        _saved[number] = ArticleMarks.None;
        Drop(number);
    }

    /// <summary>Lets a number of an article that was taken out be given to another.</summary>
    public void Free(int number) => _free.Push(number);

    /// <summary>The numbers of the articles first seen before a time.</summary>
    public List<int> SeenBefore(DateTimeOffset time)
    {
        var found = new List<int>();
        for (var number = 0; number < Count; number++)
        {
            if (IsHere(number) && _heads[number].Seen < time.UtcTicks)
                found.Add(number);
        }

        return found;
    }

    /// <summary>What is at hand.</summary>
    public IEnumerable<KeyValuePair<int, ArticleNode>> AtHand => _nodes;

    /// <summary>Ends a batch: lets go of the articles not used for the longest time when too many are at hand.</summary>
    /// <param name="kept">Articles that stay.</param>
    public void Trim(HashSet<int> kept)
    {
        _batch++;
        if (cards is null || _tokens <= mostTokens)
            return;
        using var card = new MemoryStream();
        foreach (var (number, node) in _nodes.OrderBy(n => n.Value.Used).ThenBy(n => n.Key).ToList())
        {
            if (_tokens <= mostTokens / 4 * 3)
                break;
            if (kept.Contains(number))
                continue;
            if (node.Print is { } print && _heads[number].Card.Blocks == 0)
            {
                card.SetLength(0);
                FingerprintCard.Write(card, print, TermsFor(number, node, print));
                _heads[number].Card = cards.Append(card.GetBuffer().AsSpan(0, (int)card.Length));
            }

            Drop(number);
        }
    }

    /// <summary>Which of two articles comes first: 0 only for one and the same.</summary>
    public int Compare(int x, int y)
    {
        var byTime = _heads[x].Seen.CompareTo(_heads[y].Seen);
        return byTime != 0 || x == y ? byTime : string.CompareOrdinal(Print(x).Document.Id, Print(y).Document.Id);
    }

    // Only what stays true whatever the site repeats.
    private TermVector? TermsFor(int number, ArticleNode node, Fingerprint print) =>
        _heads[number].Has(ArticleMarks.Repeating) ? null : node.Story?.Vector ?? _terms.Build(print);

    private int Next()
    {
        if (_free.TryPop(out var number))
            return number;
        if (Count == most)
            throw new WindowFullException(Here, 1, most);
        _heads.Hold(Count);
        if (Count == _saved.Length)
            Array.Resize(ref _saved, Count + (Count / 8));
        return Count++;
    }

    private void Drop(int number)
    {
        if (_nodes.Remove(number, out var node))
            _tokens -= NodeTokens + (node.Print?.Text.Count ?? 0);
    }

    private static uint Half(ulong key) => key == 0 ? 0 : (uint)(key >> 32) | 1;
}
