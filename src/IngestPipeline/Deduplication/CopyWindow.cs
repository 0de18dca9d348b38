namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles that are compared with each other, their fingerprints, and how each pair that shares passages stands to each other.
/// Everything here depends on the set of articles and not on the order in which they came.
/// </summary>
internal sealed class CopyWindow(CopyOptions options)
{
    private readonly CopyVerifier _verifier = new(options);
    private readonly FingerprintIndex _index = new();
    private readonly List<Fingerprint?> _prints = [];
    private readonly List<Dictionary<int, CopyRelation>> _relations = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Stack<int> _free = [];
    private readonly HashSet<int> _stale = [];
    private readonly ArticleCounter _shared = new();
    private readonly HashSet<int> _families = [];
    private readonly HashSet<int> _leading = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);
    private ExactTexts? _exact;

    /// <summary>Fingerprints by the article's number; null where an article has left.</summary>
    public IReadOnlyList<Fingerprint?> Prints => _prints;

    /// <summary>For each article the others that it shares passages with.</summary>
    public IReadOnlyList<Dictionary<int, CopyRelation>> Relations => _relations;

    /// <summary>The reports on one event.</summary>
    public StoryIndex Stories { get; } = new(options);

    /// <summary>The articles of equal texts: only the leader of each family is compared with other texts.</summary>
    public ExactTexts Exact => _exact ??= new(options, Order);

    /// <summary>The order of first seen and id, in which the first article of a pair is the earlier one.</summary>
    public IComparer<int> Order => Comparer<int>.Create((x, y) => Compare(_prints[x]!, _prints[y]!));

    /// <summary>The number of an article; null when it is not in the window.</summary>
    public int? NumberOf(string id) => _numbers.TryGetValue(id, out var number) ? number : null;

    /// <summary>True when the last call of <see cref="Add"/> brought an article another text.</summary>
    public bool WasReplaced(string id) => _replaced.Contains(id);

    /// <summary>Adds articles and returns the numbers of all leaders of families whose relations may have changed. An article with a known id replaces the earlier one.</summary>
    public HashSet<int> Add(IReadOnlyList<CopyDocument> documents)
    {
        var affected = new HashSet<int>();
        _replaced.Clear();
        foreach (var document in documents)
        {
            if (_numbers.TryGetValue(document.Id, out var known))
            {
                if (_prints[known]!.IsOf(document))
                    continue;
                affected.UnionWith(_relations[known].Keys);
                affected.UnionWith(Stories.RelationsOf(known).Keys);
                Remove(known);
                affected.Remove(known);
                _replaced.Add(document.Id);
            }

            Exact.Add(Place(new(document)), _prints, _families);
        }

        Lead(affected);
        _index.Review(_prints, _stale);
        affected.UnionWith(_stale);
        AddRelated(affected);
        Relate();
        AddRelated(affected);
        _stale.Clear();
        affected.RemoveWhere(n => _prints[n] is null);
        return affected;
    }

    /// <summary>Takes the articles out that were first seen before the given time.</summary>
    public void RemoveBefore(DateTimeOffset time)
    {
        for (var number = 0; number < _prints.Count; number++)
        {
            if (_prints[number]?.Document.FirstSeen < time)
                Remove(number);
        }

        Lead([]);
        _index.Review(_prints, _stale);
        _stale.RemoveWhere(n => _prints[n] is null);
    }

    private void AddRelated(HashSet<int> affected)
    {
        foreach (var number in _stale)
        {
            affected.UnionWith(_relations[number].Keys);
            affected.UnionWith(Stories.RelationsOf(number).Keys);
        }
    }

    private int Place(Fingerprint print)
    {
        if (!_free.TryPop(out var number))
        {
            number = _prints.Count;
            _prints.Add(null);
            _relations.Add([]);
        }

        _prints[number] = print;
        _numbers[print.Document.Id] = number;
        return number;
    }

    private void Remove(int number)
    {
        var print = _prints[number]!;
        Exact.Remove(number, _prints, _families);
        _families.Remove(number);
        Unlead(number, print);
        _numbers.Remove(print.Document.Id);
        _prints[number] = null;
        _free.Push(number);
    }

    // Those who lead a family now are compared, those who do so no longer are not.
    private void Lead(HashSet<int> affected)
    {
        foreach (var leader in _families)
        {
            affected.Add(leader);
            foreach (var member in Exact.FamilyOf(leader))
            {
                if (member != leader && _leading.Contains(member))
                {
                    affected.UnionWith(_relations[member].Keys);
                    affected.UnionWith(Stories.RelationsOf(member).Keys);
                    Unlead(member, _prints[member]!);
                }
            }

            if (!_leading.Add(leader))
                continue;
            _index.Add(leader, _prints[leader]!);
            _stale.Add(leader);
        }

        affected.RemoveWhere(n => _prints[n] is null || !_leading.Contains(n));
        _families.Clear();
    }

    private void Unlead(int number, Fingerprint print)
    {
        if (!_leading.Remove(number))
            return;
        _index.Remove(number, print);
        Stories.Remove(number);
        foreach (var other in _relations[number].Keys)
            _relations[other].Remove(number);
        _relations[number].Clear();
        _stale.Remove(number);
    }

    private void Relate()
    {
        var candidates = new List<(int Article, int Other)>();
        var thin = new HashSet<int>();
        foreach (var number in _stale)
        {
            var print = _prints[number]!;
            foreach (var other in _relations[number].Keys)
                _relations[other].Remove(number);
            _relations[number].Clear();

            _shared.Clear();
            _index.Weigh(print, _shared);
            foreach (var other in _shared.Met)
            {
                if (IsWorthComparing(print, _prints[other]!, _shared[other]))
                    AddCandidate(number, other, candidates);
            }

            thin.Clear();
            _index.ThinCandidates(number, print, _prints, thin);
            foreach (var other in thin)
                AddCandidate(number, other, candidates);
        }

        foreach (var number in _stale)
        {
            Stories.Remove(number);
            Stories.Add(number, _prints[number]!);
        }

        foreach (var (number, other) in candidates)
        {
            var (x, y) = (_prints[number]!, _prints[other]!);
            if (_relations[number].ContainsKey(other) || (Compare(x, y) <= 0 ? _verifier.Verify(x, y) : _verifier.Verify(y, x)) is not { } relation)
                continue;
            _relations[number][other] = relation;
            _relations[other][number] = relation;
        }
    }

    // A pair of which both are stale is met from both sides.
    private void AddCandidate(int number, int other, List<(int Article, int Other)> candidates)
    {
        if (other != number && (number < other || !_stale.Contains(other)))
            candidates.Add((number, other));
    }

    // A tenth of a text shared leaves about a tenth of its anchors shared, and a fiftieth between a text whose every shingle is an anchor and a
    // long one, in which one in seven is.
    private static bool IsWorthComparing(Fingerprint a, Fingerprint b, int shared)
    {
        var alike = (a.ShingleCount <= Shingles.DenseUpTo) == (b.ShingleCount <= Shingles.DenseUpTo);
        return shared * (alike ? 20 : 50) >= Math.Min(a.Anchors.Length, b.Anchors.Length) && (shared >= 2 || a.IsThin || b.IsThin);
    }

    /// <summary>The order of first seen, undated last, and id.</summary>
    public static int Compare(Fingerprint x, Fingerprint y)
    {
        var byTime = (x.Document.FirstSeen ?? DateTimeOffset.MaxValue).CompareTo(y.Document.FirstSeen ?? DateTimeOffset.MaxValue);
        return byTime != 0 ? byTime : string.CompareOrdinal(x.Document.Id, y.Document.Id);
    }
}
