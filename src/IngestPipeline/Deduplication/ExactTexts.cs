namespace IngestPipeline.Deduplication;

/// <summary>
/// Articles of the same normalised text, by their exact keys. The earliest of a family stands for it wherever texts are compared, so that a
/// text which thousands carry costs one comparison with each other text, and an article that joins a family costs none.
/// </summary>
/// <remarks>
/// A family is a function of the set of articles: in the order of time a text belongs to the first family whose earliest article is near enough.
/// A short text that comes again after days may be a form that was filled in alike, and starts a family of its own.
/// </remarks>
internal sealed class ExactTexts(CopyOptions options, IComparer<int> order)
{
    private readonly Dictionary<(ulong Text, string Language), List<int>> _byText = [];
    private readonly Dictionary<int, List<int>> _families = [];
    private readonly Dictionary<int, int> _leaders = [];

    /// <summary>The article that stands for one's family; itself when it has none.</summary>
    public int LeaderOf(int article) => _leaders.GetValueOrDefault(article, article);

    /// <summary>The articles of the family that an article leads, itself first.</summary>
    public IReadOnlyList<int> FamilyOf(int leader) => _families.TryGetValue(leader, out var family) ? family : [leader];

    /// <summary>Adds an article; names in <paramref name="changed"/> each leader whose family this changes, the article itself when it leads one.</summary>
    public void Add(int article, IReadOnlyList<Fingerprint?> prints, HashSet<int> changed)
    {
        if (KeyOf(prints[article]!) is not { } key)
        {
            changed.Add(article);
            return;
        }

        if (!_byText.TryGetValue(key, out var members))
            _byText[key] = members = new(1);
        var place = members.BinarySearch(article, order);
        members.Insert(place < 0 ? ~place : place, article);
        Settle(members, prints, changed);
    }

    /// <summary>Takes an article out; names the leaders whose family this changes.</summary>
    public void Remove(int article, IReadOnlyList<Fingerprint?> prints, HashSet<int> changed)
    {
        if (KeyOf(prints[article]!) is not { } key || !_byText.TryGetValue(key, out var members))
            return;
        members.Remove(article);
        _families.Remove(article);
        _leaders.Remove(article);
        if (members.Count == 0)
            _byText.Remove(key);
        else
            Settle(members, prints, changed);
    }

    // Hardly more than a headline is compared by headline, and not by its few words.
    private static (ulong Text, string Language)? KeyOf(Fingerprint print)
    {
        if (print.IsThin || print.TextKey == 0)
            return null;
        var language = print.Document.Language ?? "";
        var end = language.AsSpan().IndexOfAny('-', '_');
        return (print.TextKey, (end < 0 ? language : language[..end]).ToUpperInvariant());
    }

    private void Settle(List<int> members, IReadOnlyList<Fingerprint?> prints, HashSet<int> changed)
    {
        for (var start = 0; start < members.Count;)
        {
            var leader = members[start];
            var reach = prints[leader]!.Text.Count < options.LateTokens ? options.FreshDays : options.WindowDays;
            var end = start + 1;
            while (end < members.Count && CopyVerifier.DaysApart(prints[leader]!, prints[members[end]]!) <= reach)
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
