namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles that are compared with each other, and how each pair that shares passages stands to each other.
/// Everything here depends on the set of articles and not on the order in which they came.
/// </summary>
internal sealed class CopyWindow
{
    /// <summary>Articles of a batch from which on their words stand in blocks.</summary>
    private const int ManyDocuments = 64;

    private readonly FingerprintIndex _index;
    private readonly CopyRelations _relations;
    private readonly HashSet<int> _stale = [];
    private readonly HashSet<int> _families = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);
    private HashSet<int> _affected = [];

    /// <summary>An empty window.</summary>
    /// <param name="options">Thresholds.</param>
    /// <param name="articles">Its articles.</param>
    public CopyWindow(CopyOptions options, ArticleTable articles)
    {
        Articles = articles;
        _index = new(articles);
        _relations = new(options, articles, _index);
        Stories = new(options, articles);
        Exact = new(options, articles);
        articles.Weigh = print => _index.Weigh(print);
    }

    /// <summary>The articles.</summary>
    public ArticleTable Articles { get; }

    /// <summary>The reports on one event.</summary>
    public StoryIndex Stories { get; }

    /// <summary>The articles of equal texts: only the leader of each family is compared with other texts.</summary>
    public ExactTexts Exact { get; }

    /// <summary>The order of first seen and id, in which the first article of a pair is the earlier one.</summary>
    public IComparer<int> Order => Articles.Order;

    /// <summary>Bytes that grow with the window.</summary>
    public long ResidentBytes => Articles.ResidentBytes + _index.Bytes + Stories.Bytes + Exact.Bytes;

    /// <summary>The articles that must be compared anew with the next batch, because others left.</summary>
    public IReadOnlyCollection<int> Stale => _stale;

    /// <summary>The articles that must be decided about anew with the next batch.</summary>
    public IReadOnlyCollection<int> Affected => _affected;

    /// <summary>True when the last call of <see cref="Add"/> brought an article another text.</summary>
    public bool WasReplaced(string id) => _replaced.Contains(id);

    /// <summary>The others that an article shares passages with; to be read only.</summary>
    public Dictionary<int, CopyRelation> RelationsOf(int number) => _relations.Of(number);

    /// <summary>
    /// Adds articles and returns the numbers of all leaders of families whose relations may have changed. An article with a known id replaces the earlier one.
    /// </summary>
    public HashSet<int> Add(IReadOnlyList<CopyDocument> documents)
    {
        Articles.Hold(documents);
        _replaced.Clear();
        // Once, in place of a dozen times as they grow.
        foreach (var set in (ReadOnlySpan<HashSet<int>>)[_families, _stale, _affected])
            set.EnsureCapacity(documents.Count);
        // Articles that come one by one are let go one by one, and would keep each other's memory.
        var memory = documents.Count >= ManyDocuments ? new TextMemory() : null;
        foreach (var document in documents)
        {
            var known = Articles.NumberOf(document.Id);
            if (known is { } there && Articles.Print(there).IsOf(document))
                continue;
            var decided = known is { } old ? Replace(old) : ArticleMarks.None;
            if (known is not null)
                _replaced.Add(document.Id);
            var number = Articles.Add(new(document, memory), known);
            Articles.Head(number).Marks |= decided;
            Exact.Add(number, _families);
        }

        Lead();
        _relations.Review(_stale, Leave);
        _affected.UnionWith(_stale);
        Relate();
        foreach (var number in _stale)
            AddRelated(number);
        _stale.Clear();
        _affected.RemoveWhere(n => !Articles.Head(n).Has(ArticleMarks.Here | ArticleMarks.Leading));
        var affected = _affected;
        _affected = [];
        return affected;
    }

    /// <summary>Adds articles as the index in the store has them; <see cref="Loaded"/> must follow.</summary>
    public void Load(IReadOnlyList<(int Number, IndexRecord Record)> loaded)
    {
        _index.Load(loaded);
        Stories.Load(loaded);
    }

    /// <summary>All articles of the index in the store are here.</summary>
    /// <param name="stale">See <see cref="Stale"/>.</param>
    /// <param name="affected">See <see cref="Affected"/>.</param>
    public void Loaded(IEnumerable<int> stale, IEnumerable<int> affected)
    {
        _index.Loaded();
        Stories.Loaded();
        Exact.Load();
        _stale.UnionWith(stale);
        _affected.UnionWith(affected);
    }

    /// <summary>Those of an article's anchors that its site repeats.</summary>
    public uint[] RepeatedOf(Fingerprint print) => _index.RepeatedOf(print);

    /// <summary>Ends a batch: what was not used for long may be let go.</summary>
    public void Trim() => Articles.Trim(_stale);

    /// <summary>Takes the articles out that were first seen before the given time, and returns their numbers.</summary>
    public IReadOnlyCollection<int> RemoveBefore(DateTimeOffset time)
    {
        var leaving = Articles.SeenBefore(time);
        if (leaving.Count == 0)
            return [];
        var gone = leaving.ToHashSet();
        // Reading each one's card back costs more than one pass over everything as soon as they are a few in a hundred.
        var sweep = leaving.Count * 50L > Articles.Here;
        foreach (var number in leaving)
        {
            Exact.Remove(number, _families);
            if (!sweep && Articles.Head(number).Has(ArticleMarks.Leading))
                _index.Remove(number, Articles.Print(number));
            Stories.Leave(number, sweep);
        }

        if (sweep)
        {
            _index.Sweep(gone.Contains);
            Stories.Sweep(gone.Contains);
        }

        foreach (var number in leaving)
        {
            Articles.Remove(number);
            Articles.Free(number);
        }

        foreach (var (_, node) in Articles.AtHand)
        {
            Forget(node.Relations, gone);
            Forget(node.Story?.Relations, gone);
            Forget(node.Story?.Rewrites, gone);
            if (node.Group is { } group && group.Members.Any(gone.Contains))
                node.Group = null;
        }

        _families.ExceptWith(gone);
        _stale.ExceptWith(gone);
        // Those who lead a family now are looked at with the next batch; what was decided about the others stays.
        var affected = new HashSet<int>(_affected);
        Lead();
        _affected.IntersectWith(affected);
        _relations.Review(_stale, Leave);
        _affected.ExceptWith(gone);
        _relations.ForgetCandidates();
        foreach (var number in _stale)
            Articles.Touch(number);
        return gone;
    }

    private static void Forget<T>(Dictionary<int, T>? others, HashSet<int> gone)
    {
        foreach (var other in others?.Keys.Where(gone.Contains).ToList() ?? [])
            others!.Remove(other);
    }

    // What was decided about the article is still known of the one that takes its place.
    private ArticleMarks Replace(int number)
    {
        Leave(number);
        Exact.Remove(number, _families);
        _families.Remove(number);
        Unlead(number);
        var decided = Articles.Head(number).Marks & (ArticleMarks.Decided | ArticleMarks.Alone);
        Articles.Remove(number);
        _affected.Remove(number);
        return decided;
    }

    // Who is related to an article now may not be so afterwards. What was worked out stays at hand until then.
    private void Leave(int number)
    {
        if (!Articles.Head(number).Has(ArticleMarks.Leading))
            return;
        AddRelated(number);
        Stories.Hold(number);
    }

    private void AddRelated(int number)
    {
        foreach (var other in RelationsOf(number).Keys)
            _affected.Add(other);
        foreach (var other in Stories.RelationsOf(number).Keys)
            _affected.Add(other);
    }

    // Those who lead a family now are compared, those who do so no longer are not.
    private void Lead()
    {
        var entering = new List<int>();
        foreach (var leader in _families)
        {
            // It led a family until an earlier article of the batch came, which lets it go.
            if (Exact.LeaderOf(leader) != leader)
                continue;
            _affected.Add(leader);
            if (!Exact.IsSingle(leader))
                LeaveFamily(leader);
            if (Articles.Head(leader).Has(ArticleMarks.Leading))
                continue;
            Articles.Head(leader).Marks |= ArticleMarks.Leading;
            entering.Add(leader);
            _stale.Add(leader);
        }

        _relations.Enter(entering, _stale, Leave);
        _families.Clear();
    }

    // The others of its family that led one until now.
    private void LeaveFamily(int leader)
    {
        foreach (var member in Exact.FamilyOf(leader))
        {
            if (member == leader || !Articles.Head(member).Has(ArticleMarks.Leading))
                continue;
            Leave(member);
            Unlead(member);
        }
    }

    private void Unlead(int number)
    {
        if (!Articles.Head(number).Has(ArticleMarks.Leading))
            return;
        Stories.Remove(number);
        _relations.Leave(number);
        Articles.Head(number).Marks &= ~(ArticleMarks.Leading | ArticleMarks.Related | ArticleMarks.Repeating);
        _stale.Remove(number);
    }

    private void Relate()
    {
        var pairs = _relations.Candidates(_stale);
        foreach (var number in _stale)
        {
            Stories.Remove(number);
            Articles.Touch(number);
        }

        Stories.Add(_stale);

        _relations.Verify(_stale, pairs);
    }
}
