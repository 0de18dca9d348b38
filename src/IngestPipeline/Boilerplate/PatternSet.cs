using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>The patterns of all rules, joined into a few automata so that a block which none meets is read a few times and not once a pattern.</summary>
internal sealed class PatternSet
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Group[] _groups;

    /// <summary>Joins the patterns, in their order.</summary>
    public PatternSet(IEnumerable<BlockRule> rules)
    {
        var groups = new List<Group>();
        foreach (var (pattern, rule) in rules.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues.Select(c => (c, r))))
        {
            var one = new Member(pattern, new(pattern, Options), rule);

            // Free starts multiply the states of a joined automaton: they stay apart from patterns that are tied to the line's first words.
            var isFree = !pattern.StartsWith('^') || pattern.StartsWith("^.", StringComparison.Ordinal) || pattern.StartsWith("^[^", StringComparison.Ordinal);
            var at = groups.FindLastIndex(g => g.Cased == rule.Cased && g.IsFree == isFree);
            if (at >= 0 && !isFree && TryJoin([.. groups[at].Members, one]) is { } joined)
                groups[at] = new(joined, [.. groups[at].Members, one], rule.Cased, isFree);
            else
                groups.Add(new(one.Pattern, [one], rule.Cased, isFree));
        }

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

    private static Regex? TryJoin(Member[] members)
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

    private sealed record Group(Regex Any, Member[] Members, bool Cased, bool IsFree)
    {
        public int MaxLength { get; } = Members.Max(m => m.Rule.MaxLength);
    }
}
