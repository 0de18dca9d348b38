using IngestPipeline.Boilerplate;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Counts entries, articles and stripped blocks as a replay goes. Whoever reads feeds counts what was asked for while whoever takes articles counts how
/// they ended; only <see cref="Article"/> may be called by both at once.
/// </summary>
internal sealed class ReplayLedger
{
    private const int MaxProblems = 100;

    private readonly SortedDictionary<EntryDisposition, int> _entries = [];
    private readonly SortedDictionary<Disposition, int> _articles = [];
    private readonly Dictionary<(Disposition, string), int> _reasons = [];
    private readonly Dictionary<string, StrippedCount> _stripped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _feeds = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public IReadOnlyDictionary<EntryDisposition, int> Entries => _entries;

    public IReadOnlyDictionary<Disposition, int> Articles => _articles;

    public IReadOnlyList<string> Problems => _problems;

    public int Feeds => _feeds.Count;

    public int Polls { get; private set; }

    public int ArticlesIn { get; private set; }

    public int Rechecks { get; private set; }

    public IReadOnlyList<ReasonCount> Reasons =>
        [.. _reasons.Select(r => new ReasonCount(r.Key.Item1, r.Key.Item2, r.Value))
            .OrderByDescending(r => r.Count)
            .ThenBy(r => r.Disposition)
            .ThenBy(r => r.Reason, StringComparer.Ordinal)];

    public IReadOnlyList<StrippedCount> Stripped => [.. _stripped.Values.OrderByDescending(s => s.Blocks).ThenBy(s => s.Rule, StringComparer.Ordinal)];

    public void Polled(string feed)
    {
        Polls++;
        _feeds.Add(feed);
    }

    public void Problem(string line)
    {
        if (_problems.Count < MaxProblems)
            _problems.Add(line);
    }

    public void Entry(EntryDisposition disposition) => _entries[disposition] = _entries.GetValueOrDefault(disposition) + 1;

    public void Asked() => ArticlesIn++;

    public void AskedAgain()
    {
        ArticlesIn++;
        Rechecks++;
    }

    public void Article(Disposition disposition, string? reason)
    {
        lock (_articles)
        {
            _articles[disposition] = _articles.GetValueOrDefault(disposition) + 1;
            if (reason is not null && disposition != Disposition.Written)
                _reasons[(disposition, reason)] = _reasons.GetValueOrDefault((disposition, reason)) + 1;
        }
    }

    public void Strip(IReadOnlyList<StrippedBlock> removed)
    {
        foreach (var rule in removed.GroupBy(r => r.Rule, StringComparer.Ordinal))
        {
            var known = _stripped.GetValueOrDefault(rule.Key) ?? new(rule.Key, rule.First().Reason, 0, 0, Short(rule.First().Text));
            _stripped[rule.Key] = known with { Blocks = known.Blocks + rule.Count(), Articles = known.Articles + 1 };
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
