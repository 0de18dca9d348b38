namespace IngestPipeline.Deduplication;

/// <summary>
/// Decides copies, versions, rewrites and stories over a stream of articles. The latest decisions are a function of the set of
/// articles in the window and not of the order in which they came.
/// </summary>
public sealed class CopyDecider
{
    private readonly CopyWindow _window;
    private readonly CopyGrouping _grouping;
    private readonly DecisionMaker _maker;
    private readonly Dictionary<string, CopyDecision> _decisions = new(StringComparer.Ordinal);

    /// <summary>A decider with an empty window.</summary>
    /// <param name="options">Thresholds; null for the ones the project measured.</param>
    public CopyDecider(CopyOptions? options = null)
    {
        options ??= new();
        _window = new(options);
        _grouping = new(_window, options);
        _maker = new(_window);
    }

    /// <summary>Adds articles and returns each decision that is new or changed by them, in the order of their ids.</summary>
    /// <remarks>An article that comes again unchanged changes nothing; one that comes with a known id and other content replaces the earlier.</remarks>
    public IReadOnlyList<CopyDecision> Add(IReadOnlyList<CopyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var changed = new List<CopyDecision>();
        var done = new HashSet<int>();
        foreach (var start in _window.Add(documents))
        {
            if (done.Contains(start))
                continue;
            var members = Component(start);
            done.UnionWith(members);
            foreach (var group in _grouping.Group(members))
                Publish(group, changed);
        }

        changed.Sort((x, y) => string.CompareOrdinal(x.Id, y.Id));
        return changed;
    }

    /// <summary>
    /// Forgets every article first seen before the given time; their published decisions stay as they are, and what joins a group whose
    /// canonical article was forgotten still points at it.
    /// </summary>
    public void ExpireBefore(DateTimeOffset time)
    {
        _window.RemoveBefore(time);
        foreach (var id in _decisions.Keys.Where(id => _window.NumberOf(id) is null).ToList())
            _decisions.Remove(id);
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
            if (_window.NumberOf(decision.Id) is not null)
                _decisions[decision.Id] = decision;
        }
    }

    private void Publish(List<int> group, List<CopyDecision> changed)
    {
        foreach (var decision in _maker.Decide(group, Anchor(group)))
        {
            if (_decisions.TryGetValue(decision.Id, out var old) && (old == decision || KeepsAnchor(old, decision)))
                continue;
            _decisions[decision.Id] = decision;
            changed.Add(decision);
        }
    }

    // A canonical article that left the window still stands for its group.
    private string? Anchor(List<int> group) => group
        .Select(m => _decisions.GetValueOrDefault(_window.Prints[m]!.Document.Id)?.CanonicalId)
        .Where(id => id is not null && _window.NumberOf(id) is null)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    // What was published about an article whose canonical one has left cannot be measured again and stays.
    private bool KeepsAnchor(CopyDecision old, CopyDecision now) => old.CanonicalId == now.CanonicalId && _window.NumberOf(old.CanonicalId) is null;

    private List<int> Component(int start)
    {
        var members = new List<int> { start };
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
