namespace IngestPipeline.Deduplication;

/// <summary>
/// How each pair of articles that shares passages stands to each other. A relation depends on nothing but the two and on what their sites repeat.
/// </summary>
internal sealed class CopyRelations(CopyOptions options, ArticleTable articles, FingerprintIndex index)
{
    // Nothing is ever put in.
    private static readonly Dictionary<int, CopyRelation> None = [];

    private readonly CopyVerifier _verifier = new(options);
    private readonly CandidateFinder _finder = new(articles, index);

    // The articles whose candidates were found when they were added, and those pairs, each met once: from the later one's side.
    private readonly HashSet<int> _entered = [];
    private readonly List<(int Article, int Other)> _pairs = [];

    /// <summary>The others that an article shares passages with; to be read only.</summary>
    public Dictionary<int, CopyRelation> Of(int number)
    {
        if (!articles.Head(number).Has(ArticleMarks.Related))
            return None;
        var node = articles.Node(number);
        if (!node.HasRelations)
            Derive(number, node);
        return node.Relations ?? None;
    }

    /// <summary>
    /// Adds articles to the index; they are stale until their pairs are verified. Of a large batch it is known what its sites repeat before others are met by
    /// that.
    /// </summary>
    public void Enter(List<int> numbers, HashSet<int> stale, Action<int> leaving)
    {
        var shared = options.IsLarge(numbers.Count, articles.Here) ? index.AddBatch(numbers.ConvertAll(n => (n, articles.Print(n)))) : null;
        if (shared is not null)
            Review(stale, leaving);
        _entered.EnsureCapacity(numbers.Count);
        foreach (var number in numbers)
        {
            var print = articles.Print(number);
            foreach (var other in shared is null ? _finder.Enter(number, print) : _finder.FindAdded(number, print, shared))
                _pairs.Add((number, other));
            _entered.Add(number);
        }
    }

    /// <summary>Looks anew at what sites repeat, see <see cref="FingerprintIndex.Review"/>.</summary>
    public void Review(HashSet<int> stale, Action<int> leaving) => index.Review(stale, _entered, leaving);

    /// <summary>Takes an article out of the index, and its relations from both sides.</summary>
    public void Leave(int number)
    {
        Part(number);
        index.Remove(number, articles.Print(number));
        _entered.Remove(number);
    }

    /// <summary>The candidates of all articles entered so far are looked for anew with the next batch, as others may leave before it.</summary>
    public void ForgetCandidates()
    {
        _entered.Clear();
        _pairs.Clear();
    }

    /// <summary>Takes the relations of stale articles away, weighs these anew and returns the pairs to be verified, each once.</summary>
    public IReadOnlyList<(int Article, int Other)> Candidates(HashSet<int> stale)
    {
        // A pair of which one was not found when it was added is met from that one's side.
        var pairs = _pairs.FindAll(p => _entered.Contains(p.Article) && !IsSought(p.Other) && articles.Head(p.Other).Has(ArticleMarks.Leading));
        foreach (var number in stale)
        {
            Part(number);
            var print = articles.Print(number);
            ref var head = ref articles.Head(number);
            head.Marks = index.Weigh(print) ? head.Marks | ArticleMarks.Repeating : head.Marks & ~ArticleMarks.Repeating;
            if (!IsSought(number))
                continue;
            foreach (var other in _finder.Find(number, print))
            {
                if (number < other || !IsSought(other))
                    pairs.Add((number, other));
            }
        }

        ForgetCandidates();
        return pairs;

        bool IsSought(int number) => stale.Contains(number) && !_entered.Contains(number);
    }

    /// <summary>Compares the pairs; all relations of the stale articles are known then.</summary>
    public void Verify(HashSet<int> stale, IReadOnlyList<(int Article, int Other)> pairs)
    {
        foreach (var number in stale)
            articles.Node(number).HasRelations = true;
        foreach (var (number, other) in pairs)
        {
            if (Verify(number, other) is not { } relation)
                continue;
            (articles.Node(number).Relations ??= [])[other] = relation;
            if (articles.Peek(other) is { HasRelations: true } node)
                (node.Relations ??= [])[number] = relation;
            articles.Head(number).Marks |= ArticleMarks.Related;
            articles.Head(other).Marks |= ArticleMarks.Related;
        }
    }

    // Takes an article's relations away from both sides.
    private void Part(int number)
    {
        foreach (var other in Of(number).Keys)
            articles.Peek(other)?.Relations?.Remove(number);
        if (articles.Peek(number) is { } node)
            (node.Relations, node.HasRelations) = (null, false);
    }

    private void Derive(int number, ArticleNode node)
    {
        node.HasRelations = true;
        foreach (var other in _finder.Find(number, articles.Print(number)))
        {
            if (Verify(number, other) is { } relation)
                (node.Relations ??= [])[other] = relation;
        }
    }

    private CopyRelation? Verify(int number, int other)
    {
        var (x, y) = articles.Compare(number, other) <= 0 ? (number, other) : (other, number);
        articles.Counts.Compared++;
        var relation = _verifier.Verify(articles.Print(x), articles.Print(y));
        articles.Counts.Related += relation is null ? 0 : 1;
        return relation;
    }
}
