using System.Buffers;
using System.Numerics;

namespace IngestPipeline.Boilerplate;

/// <summary>The patterns of all rules, in their order; each is asked only about texts that its hints let through, and built when it is first asked.</summary>
internal sealed class PatternSet
{
    private const int Ascii = 128;

    private readonly Member[] _members;

    // By a text's first character; the last for all beyond ASCII.
    private readonly Probes[] _byStart;
    private readonly Probes[] _casedByStart;

    /// <summary>Takes the patterns, in their order.</summary>
    public PatternSet(IEnumerable<BlockRule> rules)
    {
        _members = [.. rules.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues.Select(c => new Member(c, r)))];
        var hints = _members.SelectMany((m, i) => PatternBranches.Of(m.Pattern).Select(b => (Member: i, m.Rule.Cased, Hint: PatternHint.Read(b)))).ToLookup(h => h.Cased, h => (h.Member, h.Hint));
        _byStart = [.. Enumerable.Range(0, Ascii + 1).Select(c => new Probes(hints[false], (char)c))];
        _casedByStart = [.. Enumerable.Range(0, Ascii + 1).Select(c => new Probes(hints[true], (char)c))];
    }

    /// <summary>The first rule whose pattern meets a block.</summary>
    /// <param name="folded">The folded block, not empty.</param>
    /// <param name="text">The block as it is written, not empty.</param>
    /// <param name="grams">The folded block's.</param>
    public BlockRule? Match(string folded, string text, scoped TextGrams grams)
    {
        Span<ulong> candidates = stackalloc ulong[(_members.Length + 63) / 64];
        candidates.Clear();
        _byStart[Math.Min(folded[0], (char)Ascii)].Find(folded, grams, candidates);
        if (_casedByStart[Math.Min(text[0], (char)Ascii)] is { IsEmpty: false } cased)
            cased.Find(text, TextGrams.Read(text, stackalloc ulong[TextGrams.Room]), candidates);

        for (var word = 0; word < candidates.Length; word++)
        {
            for (var left = candidates[word]; left != 0; left &= left - 1)
            {
                var member = _members[(word << 6) | BitOperations.TrailingZeroCount(left)];
                if (folded.Length <= member.Rule.MaxLength && member.Expression.IsMatch(member.Rule.Cased ? text : folded))
                    return member.Rule;
            }
        }

        return null;
    }

    private sealed class Member(string pattern, BlockRule rule)
    {
        private readonly Lazy<LinePattern> _expression = new(() => new(pattern));

        public string Pattern => pattern;

        public BlockRule Rule => rule;

        public LinePattern Expression => _expression.Value;
    }

    /// <summary>What to look for in texts of one first character: the text's runs of letters are read once for all patterns.</summary>
    private sealed class Probes
    {
        private readonly (int Member, ushort[] Places)[] _pieces;
        private readonly (int Member, SearchValues<char> Signs)[] _signs;
        private readonly int[] _always;

        public Probes(IEnumerable<(int Member, PatternHint Hint)> branches, char start)
        {
            var own = branches.Where(b => b.Hint.MayStartWith(start)).ToArray();
            var pieces = own.SelectMany(b => (b.Hint.Pieces ?? []).Select(p => (b.Member, Piece: p))).Distinct().ToLookup(p => p.Piece.Length >= TextGrams.Length);
            _pieces = [.. pieces[true].Select(p => (p.Member, TextGrams.PlacesOf(p.Piece)))];
            _signs = [.. pieces[false].GroupBy(p => p.Member).Select(g => (g.Key, SearchValues.Create([.. g.Select(p => Rarest(p.Piece))])))];
            _always = [.. own.Where(b => b.Hint.Pieces is null).Select(b => b.Member).Distinct()];
        }

        public bool IsEmpty => _pieces.Length + _signs.Length + _always.Length == 0;

        /// <summary>Sets the bits of the patterns that may meet a text.</summary>
        public void Find(string text, scoped TextGrams grams, Span<ulong> candidates)
        {
            foreach (var (member, places) in _pieces)
            {
                if (grams.MayHold(places))
                    candidates[member >> 6] |= 1UL << member;
            }

            foreach (var (member, signs) in _signs)
            {
                if (text.AsSpan().ContainsAny(signs))
                    candidates[member >> 6] |= 1UL << member;
            }

            foreach (var member in _always)
                candidates[member >> 6] |= 1UL << member;
        }

        // Signs are rarer in text than letters and blanks.
        private static char Rarest(string piece) => piece.FirstOrDefault(c => c != ' ' && !char.IsLetterOrDigit(c), piece[0]);
    }
}
