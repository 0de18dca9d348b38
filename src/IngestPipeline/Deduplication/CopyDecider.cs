namespace IngestPipeline.Deduplication;

/// <summary>
/// Decides copies, versions, rewrites and stories over a stream of articles. The latest decisions are a function of the set of
/// articles in the window and not of the order in which they came.
/// </summary>
public sealed class CopyDecider
{
    private readonly CopyOptions _options;
    private readonly CopyWindow _window;
    private readonly CopyGrouping _grouping;
    private readonly DecisionMaker _maker;
    private readonly StoryMaker _stories;
    private readonly Dictionary<int, Group> _groups = [];
    private readonly Dictionary<string, CopyDecision> _published = new(StringComparer.Ordinal);

    /// <summary>A group of copies: its articles with the canonical one first, and the decisions about them before stories are known.</summary>
    private sealed record Group(IReadOnlyList<int> Members, IReadOnlyList<CopyDecision> Decisions);

    /// <summary>A decider with an empty window.</summary>
    /// <param name="options">Thresholds; null for the ones the project measured.</param>
    public CopyDecider(CopyOptions? options = null)
    {
        _options = options ?? new();
        _window = new(_options);
        _grouping = new(_window, _options);
        _maker = new(_window);
        _stories = new(_window, _options);
    }

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
        return changed;
    }

    /// <summary>
    /// Forgets every article first seen before the given time; their published decisions stay as they are, and what joins a group or a
    /// story whose first article was forgotten still points at it.
    /// </summary>
    public void ExpireBefore(DateTimeOffset time)
    {
        _window.RemoveBefore(time);
        foreach (var (number, group) in _groups.ToList())
        {
            if (_window.Prints[number] is null)
                _groups.Remove(number);
            else if (group.Members.Any(m => _window.Prints[m] is null))
                _groups[number] = Without(group);
        }

        foreach (var id in _published.Keys.Where(id => _window.NumberOf(id) is null).ToList())
            _published.Remove(id);
    }

    /// <summary>Takes over a window from the store: its articles and their latest decisions. Nothing is decided anew.</summary>
    /// <param name="documents">The articles of the window.</param>
    /// <param name="decisions">Their latest decisions; those of other articles are left out.</param>
    public void Restore(IReadOnlyList<CopyDocument> documents, IReadOnlyList<CopyDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(decisions);
        var affected = _window.Add(documents);
        foreach (var decision in decisions)
        {
            if (_window.NumberOf(decision.Id) is not null)
                _published[decision.Id] = decision;
        }

        Regroup(affected);
    }

    private HashSet<int> Regroup(HashSet<int> affected)
    {
        var done = new HashSet<int>();
        foreach (var start in affected)
        {
            if (done.Contains(start))
                continue;
            var members = Component(start);
            done.UnionWith(members);
            if (members.Count == 1 && _window.Exact.FamilyOf(start).Count == 1 && !_published.ContainsKey(_window.Prints[start]!.Document.Id))
            {
                _groups[start] = new Group([start], [DecisionMaker.Unique(_window.Prints[start]!.Document.Id)]);
                continue;
            }

            foreach (var texts in _grouping.Group(members))
            {
                var copies = texts.SelectMany(_window.Exact.FamilyOf).ToList();
                var decisions = _maker.Decide(texts, copies, Anchor(copies, d => d.CanonicalId), id => _published.GetValueOrDefault(id)?.Evidence);
                var group = new Group([.. decisions.Select(d => _window.NumberOf(d.Id)!.Value)], decisions);
                foreach (var member in group.Members)
                    _groups[member] = group;
            }
        }

        return done;
    }

    // The text that stands for a group in stories.
    private int CanonicalOf(int article) => _window.Exact.LeaderOf(_groups[article].Members[0]);

    private void Publish(List<int> story, List<CopyDecision> changed)
    {
        if (story.Count == 1 && _groups[story[0]] is { Decisions: [{ Kind: CopyKind.Unique } only] } && !_published.ContainsKey(only.Id))
        {
            Publish(only, changed);
            return;
        }

        var articles = story.SelectMany(c => _groups[c].Members).ToList();
        var storyId = Anchor(articles, d => d.StoryId) ?? _window.Prints[articles.Min(_window.Order)]!.Document.Id;
        var rewrites = _stories.Rewrites(story);
        foreach (var canonical in story)
        {
            var rewrite = rewrites.TryGetValue(canonical, out var found) ? found : ((int Of, int Score)?)null;
            foreach (var decision in _groups[canonical].Decisions)
                Publish(Rewritten(decision with { StoryId = storyId }, canonical, rewrite), changed);
        }
    }

    private CopyDecision Rewritten(CopyDecision decision, int canonical, (int Of, int Score)? rewrite)
    {
        if (rewrite is not { } found)
            return decision;
        var report = _window.Prints[_groups[found.Of].Members[0]]!.Document.Id;
        decision = decision with { RewriteOf = report };
        return decision.Kind != CopyKind.Unique ? decision : decision with
        {
            Kind = CopyKind.Rewrite,
            Similarity = found.Score,
            Evidence = _maker.RewriteEvidence(_groups[canonical].Members[0], _groups[found.Of].Members[0], found.Score, _options.RewriteWords),
        };
    }

    private void Publish(CopyDecision decision, List<CopyDecision> changed)
    {
        if (_published.TryGetValue(decision.Id, out var old))
        {
            // What was published about an article whose canonical one has left cannot be measured again and stays.
            if (old.CanonicalId == decision.CanonicalId && _window.NumberOf(old.CanonicalId) is null)
                decision = old with { StoryId = decision.StoryId };
            if (old == decision)
                return;
        }

        _published[decision.Id] = decision;
        changed.Add(decision);
    }

    // An article that left the window still stands for its group and names its story.
    private string? Anchor(List<int> articles, Func<CopyDecision, string> pointer) => articles
        .Select(m => _published.TryGetValue(_window.Prints[m]!.Document.Id, out var old) ? pointer(old) : null)
        .Where(id => id is not null && _window.NumberOf(id) is null)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    private Group Without(Group group)
    {
        var kept = group.Decisions.Where(d => _window.NumberOf(d.Id) is not null).ToList();
        return new([.. kept.Select(d => _window.NumberOf(d.Id)!.Value)], kept);
    }

    private List<int> Component(int start)
    {
        var members = new List<int> { start };
        if (_window.Relations[start].Count == 0)
            return members;
        var seen = new HashSet<int> { start };
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var (other, relation) in _window.Relations[members[i]])
            {
                if (relation.Bond == CopyBond.Copy && seen.Add(other))
                    members.Add(other);
            }
        }

        return members;
    }
}
