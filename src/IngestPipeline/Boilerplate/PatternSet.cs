using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>The patterns of all rules, joined into a few automata so that a block which none meets is read a few times and not once a pattern.</summary>
internal sealed class PatternSet
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const int MaxJoined = 6;

    private readonly Group[] _groups;

    /// <summary>Joins the patterns, in their order.</summary>
    public PatternSet(IEnumerable<BlockRule> rules)
    {
        var groups = new List<Group>();
        var open = new List<Member>();
        foreach (var (pattern, rule) in rules.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues.Select(c => (c, r))))
        {
            var one = new Member(pattern, new(pattern, Options), rule);

            // Free starts multiply the states of a joined automaton: they stay apart from patterns that are tied to the line's first words.
            var isFree = !pattern.StartsWith('^') || pattern.StartsWith("^.", StringComparison.Ordinal) || pattern.StartsWith("^[^", StringComparison.Ordinal);
            if (open.Count == MaxJoined || (open.Count > 0 && (isFree || open[0].Rule.Cased != rule.Cased)))
                Close(open, groups);
            open.Add(one);
            if (isFree)
                Close(open, groups);
        }

        Close(open, groups);
        _groups = [.. groups];
    }

    /// <summary>The first rule whose pattern meets a block.</summary>
    /// <param name="folded">The folded block.</param>
    /// <param name="text">The block as it is written.</param>
    public BlockRule? Match(string folded, string text)
    {
        foreach (var group in _groups)
        {
            var seen = group.Cased ? text : folded;
            if (folded.Length > group.MaxLength || !group.Any.IsMatch(seen))
                continue;

            foreach (var member in group.Members)
            {
                if (folded.Length <= member.Rule.MaxLength && member.Pattern.IsMatch(seen))
                    return member.Rule;
            }
        }

        return null;
    }

    private static void Close(List<Member> open, List<Group> groups)
    {
        if (open.Count > 1 && TryJoin(open) is { } joined)
            groups.Add(new(joined, [.. open], open[0].Rule.Cased));
        else
            groups.AddRange(open.Select(m => new Group(m.Pattern, [m], m.Rule.Cased)));
        open.Clear();
    }

    private static Regex? TryJoin(List<Member> members)
    {
        try
        {
            return new(string.Join('|', members.Select(m => $"(?:{m.Source})")), Options);
        }
        catch (NotSupportedException)
        {
            // The automaton would be too large; the set goes on with another.
            return null;
        }
    }

    private sealed record Member(string Source, Regex Pattern, BlockRule Rule);

    private sealed record Group(Regex Any, Member[] Members, bool Cased)
    {
        public int MaxLength { get; } = Members.Max(m => m.Rule.MaxLength);
    }
}
