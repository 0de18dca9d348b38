namespace IngestPipeline.Deduplication;

/// <summary>
/// Relates reports on one event by their telling words. Whether two reports are related depends on nothing but the two, as the weights of
/// words are frozen.
/// </summary>
internal sealed class StoryIndex(CopyOptions options)
{
    private const int Undated = int.MinValue;

    private readonly int _reach = (int)Math.Ceiling(options.StoryDays);
    private readonly PostingTable _postings = new();
    private readonly ArticleCounter _shared = new();
    private readonly TermVectorBuilder _builder = new();
    private readonly PassageComparer _comparer = new();
    private readonly Dictionary<int, int> _blocks = [];
    private readonly Dictionary<int, Entry> _entries = [];

    private sealed class Entry(Fingerprint print, TermVector vector)
    {
        private Phrasing? _phrasing;

        public Fingerprint Print { get; } = print;

        public TermVector Vector { get; } = vector;

        public Dictionary<int, StoryRelation>? Relations { get; set; }

        /// <summary>Scores against earlier reports that were asked for.</summary>
        public Dictionary<Entry, int> Rewrites { get; } = [];

        public Phrasing Phrasing => _phrasing ??= new(Print.OwnText());
    }

    /// <summary>The articles related to one; none when it is too short to tell a story.</summary>
    public IReadOnlyDictionary<int, StoryRelation> RelationsOf(int article) =>
        _entries.TryGetValue(article, out var entry) && entry.Relations is { } relations
            ? relations
            : System.Collections.ObjectModel.ReadOnlyDictionary<int, StoryRelation>.Empty;

    /// <summary>Adds an article and relates it to those that are there.</summary>
    public void Add(int article, Fingerprint print)
    {
        if (print.Document.HeadlineOnly || print.TotalWeight < options.StoryTokens * Fingerprint.FullWeight)
            return;
        var entry = new Entry(print, _builder.Build(print));
        if (entry.Vector.Terms.Length == 0)
            return;
        _shared.Clear();
        var day = Day(print);
        // Reports within reach stand in the block of the first day in reach or in that of the last.
        var (first, last) = day == Undated ? (Undated, Undated) : (Block(day - _reach), Block(day + _reach));
        foreach (var term in entry.Vector.Keys)
        {
            if (day == Undated)
            {
                // It may be of any day.
                foreach (var block in _blocks.Keys)
                    _postings.CountInto(Key(term, block), _shared);
            }
            else
            {
                _postings.CountInto(Key(term, Undated), _shared);
                _postings.CountInto(Key(term, first), _shared);
                if (last != first)
                    _postings.CountInto(Key(term, last), _shared);
            }

            _postings.Add(Key(term, Block(day)), article);
        }

        _blocks[Block(day)] = _blocks.GetValueOrDefault(Block(day)) + 1;

        foreach (var other in _shared.Met)
        {
            if (_shared[other] < options.StoryKeys || !_entries.TryGetValue(other, out var found) || Relate(entry, found) is not { } relation)
                continue;
            (entry.Relations ??= [])[other] = relation;
            (found.Relations ??= [])[article] = relation;
        }

        _entries[article] = entry;
    }

    /// <summary>
    /// The share of words that two reports have in common when one tells the other's report in other words, in 1/10,000; 0 when it does not.
    /// </summary>
    public int RewriteScore(int article, int report)
    {
        var (a, b) = (_entries[article], _entries[report]);
        if (a.Relations is null || !a.Relations.TryGetValue(report, out var relation))
            return 0;
        if (!a.Rewrites.TryGetValue(b, out var score))
            a.Rewrites[b] = score = Rewrite(a, b, relation.Cosine);
        return score;
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int article)
    {
        if (!_entries.Remove(article, out var entry))
            return;
        foreach (var other in entry.Relations?.Keys ?? Enumerable.Empty<int>())
        {
            _entries[other].Relations!.Remove(article);
            _entries[other].Rewrites.Remove(entry);
        }

        var day = Day(entry.Print);
        foreach (var term in entry.Vector.Keys)
            _postings.Remove(Key(term, Block(day)), article);
        if (--_blocks[Block(day)] == 0)
            _blocks.Remove(Block(day));
    }

    private static int Day(Fingerprint print) => print.Document.FirstSeen is { } seen ? (int)(seen.UtcTicks / TimeSpan.TicksPerDay) : Undated;

    private int Block(int day) => day == Undated ? Undated : day / ((2 * _reach) + 1);

    private static uint Key(uint term, int day) => (uint)(((term ^ ((ulong)(uint)day << 32)) * 0x9E3779B97F4A7C15) >> 32);

    private StoryRelation? Relate(Entry a, Entry b)
    {
        if (!CopyVerifier.SameLanguage(a.Print.Document, b.Print.Document))
            return null;
        var undated = (a.Print.Document.FirstSeen is null ? 1 : 0) + (b.Print.Document.FirstSeen is null ? 1 : 0);
        if (undated == 0 && CopyVerifier.DaysApart(a.Print, b.Print) > options.StoryDays)
            return null;
        var cosine = a.Vector.Cosine(b.Vector);
        var needed = undated switch { 0 => options.StoryCosine, 1 => options.HalfDatedStoryCosine, _ => options.UndatedStoryCosine };
        return cosine >= needed - options.StorySlack ? new(cosine, cosine >= needed) : null;
    }

    private int Rewrite(Entry a, Entry b, int cosine)
    {
        if (cosine < options.RewriteCosine || Math.Min(a.Print.Text.Count, b.Print.Text.Count) < options.RewriteTokens)
            return 0;
        // An outlet does not rewrite its own report, and what keeps long passages is an edit or shares background.
        if (a.Print.Source != 0 && a.Print.Source == b.Print.Source)
            return 0;
        var (words, pairs) = a.Phrasing.Shared(b.Phrasing);
        if (words < options.RewriteWords || pairs < options.RewritePairs || a.Phrasing.GivesOtherNumbers(b.Phrasing))
            return 0;
        var (first, second) = CopyWindow.Compare(a.Print, b.Print) <= 0 ? (a.Print, b.Print) : (b.Print, a.Print);
        var passages = _comparer.Compare(first, second);
        return passages.Containment <= options.RewriteContainment && passages.LongestRunLength <= options.RewriteRun ? words : 0;
    }
}
