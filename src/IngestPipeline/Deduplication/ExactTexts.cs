namespace IngestPipeline.Deduplication;

/// <summary>
/// Articles of the same normalised text, by their exact keys. The earliest of a family stands for it wherever texts are compared, so that a
/// text which thousands carry costs one comparison with each other text, and an article that joins a family costs none.
/// </summary>
/// <remarks>
/// A family is a function of the set of articles: in the order of time a text belongs to the first family whose earliest article is near enough.
/// A short text that comes again after days may be a form that was filled in alike, and starts a family of its own.
/// </remarks>
internal sealed class ExactTexts(CopyOptions options, ArticleTable articles)
{
    private readonly PostingTable _texts = new(pageBits: 12);
    private readonly List<int> _found = [];

    // Of each text that several articles carry, all of them in the order of time.
    private readonly Dictionary<ulong, List<int>> _carriers = [];
    private readonly Dictionary<int, List<int>> _families = [];
    private readonly Dictionary<int, int> _leaders = [];

    /// <summary>Bytes of the postings and of the families, a table's entry taken for 40 bytes and a list for 64.</summary>
    public long Bytes => _texts.Bytes + (_leaders.Count * 40L) + ((_families.Count + _carriers.Count) * 104L) + (_leaders.Count * 2L * sizeof(int));

    /// <summary>The article that stands for one's family; itself when it has none.</summary>
    public int LeaderOf(int article) => _leaders.GetValueOrDefault(article, article);

    /// <summary>True when an article leads no family but itself.</summary>
    public bool IsSingle(int leader) => !_families.ContainsKey(leader);

    /// <summary>The articles of the family that an article leads, itself first.</summary>
    public IReadOnlyList<int> FamilyOf(int leader) => _families.TryGetValue(leader, out var family) ? family : [leader];

    /// <summary>Adds an article; names in <paramref name="changed"/> each leader whose family this changes, the article itself when it leads one.</summary>
    public void Add(int article, HashSet<int> changed)
    {
        var key = articles.Head(article).FamilyKey;
        if (key == 0)
        {
            changed.Add(article);
            return;
        }

        if (!_carriers.TryGetValue(key, out var members))
        {
            _texts.CopyTo(Posting(key), _found);
            _found.RemoveAll(other => other == article || articles.Head(other).FamilyKey != key);
            _texts.Add(Posting(key), article);
            if (_found.Count == 0)
            {
                changed.Add(article);
                return;
            }

            _carriers[key] = members = [.. _found];
        }
        else
        {
            _texts.Add(Posting(key), article);
        }

        var place = members.BinarySearch(article, articles.Order);
        members.Insert(place < 0 ? ~place : place, article);
        Settle(members, changed);
    }

    /// <summary>Adds all articles of the window at once.</summary>
    public void Load()
    {
        var numbers = Enumerable.Range(0, articles.Count).Where(n => articles.IsHere(n) && articles.Head(n).FamilyKey != 0).ToArray();
        var keys = Array.ConvertAll(numbers, n => articles.Head(n).FamilyKey);
        var buffer = new PostingBuffer(_texts);
        for (var i = 0; i < keys.Length; i++)
            buffer.Add(Posting(keys[i]), numbers[i]);
        buffer.Flush();
        Array.Sort(keys, numbers);
        var changed = new HashSet<int>();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            if (end - start < 2)
                continue;
            List<int> members = [.. numbers[start..end].Order(articles.Order)];
            _carriers[keys[start]] = members;
            Settle(members, changed);
        }
    }

    /// <summary>Takes an article out; names the leaders whose family this changes.</summary>
    public void Remove(int article, HashSet<int> changed)
    {
        var key = articles.Head(article).FamilyKey;
        if (key == 0)
            return;
        _texts.Remove(Posting(key), article);
        if (!_carriers.TryGetValue(key, out var members))
            return;
        members.Remove(article);
        _families.Remove(article);
        _leaders.Remove(article);
        Settle(members, changed);
        if (members.Count < 2)
            _carriers.Remove(key);
    }

    private static uint Posting(ulong key) => (uint)(key >> 32);

    private void Settle(List<int> members, HashSet<int> changed)
    {
        for (var start = 0; start < members.Count;)
        {
            var leader = members[start];
            var reach = articles.Head(leader).Has(ArticleMarks.Long) ? options.WindowDays : options.FreshDays;
            var end = start + 1;
            while (end < members.Count && ArticleHead.DaysApart(articles.Head(leader), articles.Head(members[end])) <= reach)
                end++;

            if (!IsSettled(leader, members, start, end))
            {
                changed.Add(leader);
                if (end - start > 1)
                    _families[leader] = members.GetRange(start, end - start);
                else
                    _families.Remove(leader);
                _leaders.Remove(leader);
                for (var i = start + 1; i < end; i++)
                {
                    _leaders[members[i]] = leader;
                    _families.Remove(members[i]);
                }
            }

            start = end;
        }

        if (members.Count > 0)
            changed.Add(members[0]);
    }

    private bool IsSettled(int leader, List<int> members, int start, int end) =>
        _families.TryGetValue(leader, out var family) && family.Count == end - start && family[^1] == members[end - 1] && !_leaders.ContainsKey(leader)
        && family.SequenceEqual(members.Skip(start).Take(end - start));
}
