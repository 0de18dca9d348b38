using System.Diagnostics.CodeAnalysis;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Decides copies, versions, rewrites and stories over a stream of articles. The latest decisions are a function of the set of
/// articles in the window and not of the order in which they came.
/// </summary>
public sealed class CopyDecider
{
    private readonly CopyOptions _options;
    private readonly CopyMemory? _memory;
    private ArticleTable _articles;
    private CopyWindow _window;
    private CopyGrouping _grouping;
    private DecisionMaker _maker;
    private StoryMaker _stories;
    private PublishedDecisions _published;

    /// <summary>A decider with an empty window, all of it in memory.</summary>
    /// <param name="options">Thresholds; null for the ones the project measured.</param>
    public CopyDecider(CopyOptions? options = null)
        : this(options ?? new(), null)
    {
    }

    /// <summary>A decider with an empty window, of which only a small part stays in memory.</summary>
    internal CopyDecider(CopyOptions options, CopyMemory? memory)
    {
        (_options, _memory) = (options, memory);
        Clear();
    }

    /// <summary>The window as the index in the store says it.</summary>
    internal IndexState Index { get; private set; }

    /// <summary>Articles in the window.</summary>
    internal int Count => _articles.Here;

    /// <summary>True when an article is in the window.</summary>
    internal bool Holds(string id) => _articles.NumberOf(id) is not null;

    /// <summary>Bytes that grow with the window: heads, postings, marks; not what is at hand of articles, which is bounded.</summary>
    internal long ResidentBytes => _window.ResidentBytes;

    /// <summary>What was done since the start, by stage.</summary>
    internal CopyCounts Counts => _articles.Counts;

    /// <summary>Adds articles and returns each decision that is new or changed by them, in the order of their ids.</summary>
    /// <remarks>An article that comes again unchanged changes nothing; one that comes with a known id and other content replaces the earlier.</remarks>
    public IReadOnlyList<CopyDecision> Add(IReadOnlyList<CopyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var touched = Regroup(_window.Add(documents));
        var changed = new List<CopyDecision>();
        foreach (var story in _stories.Stories(touched, CanonicalOf))
            Publish(story, changed);
        changed.Sort((x, y) => string.CompareOrdinal(x.Id, y.Id));
        _window.Trim();
        return changed;
    }

    /// <summary>
    /// Forgets every article first seen before the given time; their published decisions stay as they are, and what joins a group or a
    /// story whose first article was forgotten still points at it.
    /// </summary>
    public void ExpireBefore(DateTimeOffset time)
    {
        foreach (var number in _window.RemoveBefore(time))
            _published.Forget(number);
    }

    /// <summary>Takes over a window from the store: its articles and their latest decisions. Nothing is decided anew.</summary>
    /// <param name="documents">The articles of the window.</param>
    /// <param name="decisions">Their latest decisions; those of other articles are left out.</param>
    public void Restore(IReadOnlyList<CopyDocument> documents, IReadOnlyList<CopyDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(decisions);
        _window.Add(documents);
        foreach (var decision in decisions)
        {
            if (_articles.NumberOf(decision.Id) is { } number)
                _published.Put(number, decision, isStored: true);
        }

        _window.Trim();
    }

    /// <summary>Empties the window.</summary>
    [MemberNotNull(nameof(_articles), nameof(_window), nameof(_grouping), nameof(_maker), nameof(_stories), nameof(_published), nameof(Index))]
    internal void Clear()
    {
        _articles = new(_memory?.Cards, _memory?.MostTokens ?? long.MaxValue, _options.LateTokens, _options.MostArticles);
        _window = new(_options, _articles);
        _grouping = new(_window, _options);
        _maker = new(_window);
        _stories = new(_window, _options);
        _published = new(_articles, _memory?.Decided);
        Index = new(_window);
    }

    /// <summary>Lets go of what was not used for long, between two batches.</summary>
    internal void Trim() => _window.Trim();

    /// <summary>Tells that every decision returned so far can be found in the store.</summary>
    internal void Stored() => _published.Stored();

    private HashSet<int> Regroup(HashSet<int> affected)
    {
        var done = new HashSet<int>(affected.Count);
        foreach (var start in affected)
        {
            if (!done.Add(start))
                continue;
            if (IsAlone(start) && !_published.Has(start))
            {
                _articles.Node(start).Group = Alone(start);
                continue;
            }

            var members = Component(start);
            done.UnionWith(members);
            _articles.Counts.Grouped += members.Count;
            foreach (var texts in _grouping.Group(members))
                Decide(texts);
        }

        return done;
    }

    private CopyGroup GroupOf(int leader)
    {
        var node = _articles.Node(leader);
        if (node.Group is { } known)
            return known;
        if (IsAlone(leader) && _published.IsAlone(leader))
            return node.Group = Alone(leader);
        return FindGroup(leader);
    }

    private CopyGroup FindGroup(int leader)
    {
        var members = Component(leader);
        _articles.Counts.Grouped += members.Count;
        return Decide(_grouping.Group(members).First(texts => texts.Contains(leader)));
    }

    private CopyGroup Decide(List<int> texts)
    {
        var copies = texts.SelectMany(_window.Exact.FamilyOf).ToList();
        var decisions = _maker.Decide(texts, copies, Anchor(copies, d => d.CanonicalId), id => _published.Find(_articles.NumberOf(id)!.Value)?.Evidence);
        var group = new CopyGroup([.. decisions.Select(d => _articles.NumberOf(d.Id)!.Value)], decisions);
        foreach (var text in texts)
            _articles.Node(text).Group = group;
        return group;
    }

    private CopyGroup Alone(int article) => new([article], [CopyDecision.Unique(IdOf(article))]);

    // The text that stands for a group in stories.
    private int CanonicalOf(int article) => _window.Exact.LeaderOf(GroupOf(article).Members[0]);

    private string IdOf(int article) => _articles.Print(article).Document.Id;

    private void Publish(List<int> story, List<CopyDecision> changed)
    {
        if (story.Count == 1 && GroupOf(story[0]) is { Decisions: [{ Kind: CopyKind.Unique } only] } && !_published.Has(story[0]))
        {
            Publish(only, changed);
            return;
        }

        var articles = story.SelectMany(c => GroupOf(c).Members).ToList();
        var storyId = Anchor(articles, d => d.StoryId) ?? IdOf(articles.Min(_window.Order));
        var rewrites = _stories.Rewrites(story);
        foreach (var canonical in story)
        {
            var rewrite = rewrites.TryGetValue(canonical, out var found) ? found : ((int Of, int Score)?)null;
            foreach (var decision in GroupOf(canonical).Decisions)
                Publish(Rewritten(decision with { StoryId = storyId }, canonical, rewrite), changed);
        }
    }

    private CopyDecision Rewritten(CopyDecision decision, int canonical, (int Of, int Score)? rewrite)
    {
        if (rewrite is not { } found)
            return decision;
        var report = IdOf(GroupOf(found.Of).Members[0]);
        decision = decision with { RewriteOf = report };
        return decision.Kind != CopyKind.Unique ? decision : decision with
        {
            Kind = CopyKind.Rewrite,
            Similarity = found.Score,
            Evidence = _maker.RewriteEvidence(GroupOf(canonical).Members[0], GroupOf(found.Of).Members[0], found.Score, _options.RewriteWords),
        };
    }

    private void Publish(CopyDecision decision, List<CopyDecision> changed)
    {
        var number = _articles.NumberOf(decision.Id)!.Value;
        if (_published.Find(number) is { } old)
        {
            // What was published about an article whose canonical one has left cannot be measured again and stays.
            if (old.CanonicalId == decision.CanonicalId && _articles.NumberOf(old.CanonicalId) is null)
                decision = old with { StoryId = decision.StoryId };
            if (old == decision)
                return;
        }

        _published.Put(number, decision);
        changed.Add(decision);
    }

    // An article that left the window still stands for its group and names its story.
    private string? Anchor(List<int> articles, Func<CopyDecision, string> pointer) => articles
        .Select(m => _published.IsAlone(m) ? null : _published.Find(m) is { } old ? pointer(old) : null)
        .Where(id => id is not null && _articles.NumberOf(id) is null)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    // True when it leads itself only and has no copy.
    private bool IsAlone(int leader)
    {
        if (!_window.Exact.IsSingle(leader))
            return false;
        var relations = _window.RelationsOf(leader);
        if (relations.Count == 0)
            return true;
        foreach (var (_, relation) in relations)
        {
            if (relation.Bond == CopyBond.Copy)
                return false;
        }

        return true;
    }

    private List<int> Component(int start)
    {
        var members = new List<int> { start };
        var seen = new HashSet<int> { start };
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var (other, relation) in _window.RelationsOf(members[i]))
            {
                if (relation.Bond == CopyBond.Copy && seen.Add(other))
                    members.Add(other);
            }
        }

        return members;
    }
}
