namespace IngestPipeline.Deduplication;

/// <summary>
/// Decides copies, versions, rewrites and stories over a stream of articles. The latest decisions are a function of the set of
/// articles in the window and not of the order in which they came.
/// </summary>
public sealed class CopyDecider(CopyOptions? options = null)
{
    private readonly CopyOptions _options = options ?? new();
    private readonly CopyVerifier _verifier = new(options ?? new());
    private readonly FingerprintIndex _index = new();
    private readonly List<Fingerprint?> _prints = [];
    private readonly List<Dictionary<int, CopyRelation>> _relations = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CopyDecision> _decisions = new(StringComparer.Ordinal);

    /// <summary>Adds articles and returns each decision that is new or changed by them, in the order of their ids.</summary>
    public IReadOnlyList<CopyDecision> Add(IReadOnlyList<CopyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var touched = new HashSet<uint>();
        var dirty = new HashSet<int>();
        foreach (var document in documents)
        {
            if (!_numbers.TryAdd(document.Id, _prints.Count))
                continue;
            var print = new Fingerprint(document);
            var number = _prints.Count;
            _prints.Add(print);
            _relations.Add([]);
            _index.Add(number, print, touched);
            dirty.Add(number);
        }

        _index.Review(touched, _prints, dirty);
        var affected = new HashSet<int>(dirty);
        foreach (var number in dirty)
        {
            foreach (var (other, _) in _relations[number])
                affected.Add(other);
        }

        Relate(dirty);
        foreach (var number in dirty)
        {
            foreach (var (other, _) in _relations[number])
                affected.Add(other);
        }

        return Decide(affected);
    }

    /// <summary>Forgets every article first seen before the given time; their published decisions stay as they are.</summary>
    public void ExpireBefore(DateTimeOffset time) => _ = time;

    private void Relate(HashSet<int> dirty)
    {
        foreach (var number in dirty)
            _index.Weigh(_prints[number]!);
        var counts = new Dictionary<int, int>();
        foreach (var number in dirty)
        {
            foreach (var other in _relations[number].Keys)
                _relations[other].Remove(number);
            _relations[number].Clear();
        }

        foreach (var number in dirty)
        {
            counts.Clear();
            _index.Candidates(number, _prints[number]!, counts);
            _index.ThinCandidates(number, _prints[number]!, _prints, counts);
            foreach (var (other, _) in counts)
            {
                if (_relations[number].ContainsKey(other) || (dirty.Contains(other) && other < number))
                    continue;
                var (a, b) = number < other ? (number, other) : (other, number);
                if (_verifier.Verify(_prints[a]!, _prints[b]!) is not { } relation)
                    continue;
                _relations[a][b] = relation;
                _relations[b][a] = relation;
            }
        }
    }

    private List<CopyDecision> Decide(HashSet<int> affected)
    {
        var order = Comparer<int>.Create((x, y) => Compare(_prints[x]!, _prints[y]!));
        var changed = new List<CopyDecision>();
        var done = new HashSet<int>();
        var grouping = new CopyGrouping(_prints, _relations, order, _options);
        foreach (var start in affected)
        {
            if (done.Contains(start))
                continue;
            var members = Component(start);
            done.UnionWith(members);
            foreach (var group in grouping.Group(members))
                Publish(group, order, changed);
        }

        changed.Sort((x, y) => string.CompareOrdinal(x.Id, y.Id));
        return changed;
    }

    private void Publish(List<int> group, IComparer<int> order, List<CopyDecision> changed)
    {
        group.Sort(order);
        var canonical = group[0];
        foreach (var member in group)
        {
            var document = _prints[member]!.Document;
            var decision = new CopyDecision
            {
                Id = document.Id,
                CanonicalId = _prints[canonical]!.Document.Id,
                Kind = group.Count == 1 ? CopyKind.Unique : member == canonical ? CopyKind.Original : CopyKind.Near,
                StoryId = _prints[canonical]!.Document.Id,
            };
            if (_decisions.TryGetValue(document.Id, out var old) && old == decision)
                continue;
            _decisions[document.Id] = decision;
            changed.Add(decision);
        }
    }

    private List<int> Component(int start)
    {
        var members = new List<int> { start };
        var seen = new HashSet<int> { start };
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var (other, relation) in _relations[members[i]])
            {
                if (relation.Bond == CopyBond.Copy && seen.Add(other))
                    members.Add(other);
            }
        }

        return members;
    }

    private static int Compare(Fingerprint x, Fingerprint y)
    {
        var byTime = (x.Document.FirstSeen ?? DateTimeOffset.MaxValue).CompareTo(y.Document.FirstSeen ?? DateTimeOffset.MaxValue);
        return byTime != 0 ? byTime : string.CompareOrdinal(x.Document.Id, y.Document.Id);
    }
}
