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
        var hints = _members.SelectMany((m, i) => PatternBranches.Of(m.Pattern).Select(b => (Member: i, m.Rule, Hint: PatternHint.Read(b)))).ToList();
        (_byStart, _casedByStart) = (ByStart(isCased: false), ByStart(isCased: true));

        // A pattern's probes are worked out once: most patterns may start with any character.
        Probes[] ByStart(bool isCased)
        {
            var probes = hints.Where(h => h.Rule.Cased == isCased)
                .SelectMany(h => Probes.Of(h.Member, Math.Min(h.Hint.Most, h.Rule.MaxLength), h.Hint, isCased).Select(p => (h.Hint, Probe: p)))
                .OrderByDescending(p => p.Probe.Most).ToList();
            return [.. Enumerable.Range(0, Ascii + 1).Select(c => new Probes(probes.Where(p => p.Hint.MayStartWith((char)c)).Select(p => p.Probe)))];
        }
    }

    /// <summary>The first rule whose pattern meets a block.</summary>
    /// <param name="folded">The folded block, not empty.</param>
    /// <param name="text">The block as it is written, not empty.</param>
    /// <param name="grams">The folded block's.</param>
    public BlockRule? Match(ReadOnlySpan<char> folded, string text, scoped TextGrams grams)
    {
        Span<ulong> candidates = stackalloc ulong[(_members.Length + 63) / 64];
        candidates.Clear();
        _byStart[Math.Min(folded[0], (char)Ascii)].Find(folded, folded.Length, grams, candidates);
        _casedByStart[Math.Min(text[0], (char)Ascii)].Find(text, folded.Length, grams, candidates);

        for (var word = 0; word < candidates.Length; word++)
        {
            for (var left = candidates[word]; left != 0; left &= left - 1)
            {
                var member = _members[(word << 6) | BitOperations.TrailingZeroCount(left)];
                if (member.Expression.IsMatch(member.Rule.Cased ? text : folded))
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
        // To look for more of them costs more than to ask the pattern.
        private const int MaxOthers = 12;

        // To ask each of fewer gates costs less than to look which of a text's runs any gate asks for.
        private const int FewGates = 64;

        // Those for the longest texts first: most paragraphs are too long for most patterns.
        private readonly Probe[] _probes;

        // What most probes fail at, close together; those without runs of letters stand apart.
        private readonly Gate[] _gates;
        private readonly Probe[] _ungated;

        // The same gates by their first runs, in their order within a run's: the runs that any has, how many of these stand in the words before, and where the
        // gates of each begin.
        private readonly ulong[] _firsts = new ulong[TextGrams.Room];
        private readonly ushort[] _before = new ushort[TextGrams.Room];
        private readonly ushort[] _begins;
        private readonly Gate[] _byFirst;

        public Probes(IEnumerable<Probe> inOrder)
        {
            var probes = inOrder.ToLookup(p => p.Places.Length > 0);
            (_probes, _ungated) = ([.. probes[true]], [.. probes[false]]);
            _gates = [.. _probes.Select((p, i) => new Gate((ushort)Math.Min(p.Most, ushort.MaxValue), p.Places[0], p.Places[^1], (ushort)i))];
            _byFirst = [.. _gates.OrderBy(g => g.First)];
            _begins = [.. Enumerable.Range(0, _byFirst.Length)
                .Where(g => g == 0 || _byFirst[g].First != _byFirst[g - 1].First)
                .Append(_byFirst.Length)
                .Select(g => (ushort)g)];
            foreach (var gate in _gates)
                _firsts[gate.First >> 6] |= 1UL << gate.First;
            for (var word = 1; word < _before.Length; word++)
                _before[word] = (ushort)(_before[word - 1] + BitOperations.PopCount(_firsts[word - 1]));
        }

        /// <summary>Sets the bits of the patterns that may meet a text.</summary>
        /// <param name="text">The text.</param>
        /// <param name="length">The folded text's length; the text itself is no shorter.</param>
        /// <param name="grams">Those of the folded text, which holds each piece folded if the text holds it.</param>
        /// <param name="candidates">Takes the bits.</param>
        public void Find(ReadOnlySpan<char> text, int length, scoped TextGrams grams, Span<ulong> candidates)
        {
            var gates = _gates;
            if (gates.Length > FewGates && length <= gates[FewGates].Most)
            {
                FindByFirst(text, length, grams, candidates);
            }
            else
            {
                for (var i = 0; i < gates.Length && length <= gates[i].Most; i++)
                {
                    if (grams.Has(gates[i].First) && grams.Has(gates[i].Last))
                        Ask(_probes[i], text, grams, candidates);
                }
            }

            for (var i = 0; i < _ungated.Length && length <= _ungated[i].Most; i++)
                Ask(_ungated[i], text, grams, candidates);
        }

        private void FindByFirst(ReadOnlySpan<char> text, int length, scoped TextGrams grams, Span<ulong> candidates)
        {
            var bits = grams.Bits;
            for (var word = 0; word < _firsts.Length; word++)
            {
                for (var common = _firsts[word] & bits[word]; common != 0; common &= common - 1)
                {
                    var run = _before[word] + BitOperations.PopCount(_firsts[word] & ((common & (0 - common)) - 1));
                    for (var (g, end) = (_begins[run], _begins[run + 1]); g < end && length <= _byFirst[g].Most; g++)
                    {
                        if (grams.Has(_byFirst[g].Last))
                            Ask(_probes[_byFirst[g].Probe], text, grams, candidates);
                    }
                }
            }
        }

        /// <summary>What to look for by one branch of a pattern.</summary>
        public static IEnumerable<Probe> Of(int member, int most, PatternHint hint, bool isCased)
        {
            string[] others = hint.Others is { Count: <= MaxOthers } also ? [.. also] : [];
            if (hint.Pieces is null || hint.Pieces.Any(p => hint.Prefix.Contains(p, StringComparison.Ordinal)))
                return [new(member, hint.Prefix, most, PlacesOf(hint.Prefix, isCased), null, [], others)];

            var pieces = hint.Pieces.Select(p => (Piece: p, Places: PlacesOf(p, isCased))).ToLookup(p => p.Places.Length > 0);
            var probes = pieces[true].Select(p => new Probe(member, hint.Prefix, most, p.Places, null, [p.Piece], others));
            string[] small = [.. pieces[false].Select(p => p.Piece)];
            return small.Length > 0 ? probes.Append(new(member, hint.Prefix, most, [], SearchValues.Create([.. small.Select(Rarest)]), small, others)) : probes;
        }

        private static void Ask(in Probe probe, ReadOnlySpan<char> text, scoped TextGrams grams, Span<ulong> candidates)
        {
            if (grams.MayHold(probe.Places) && (probe.Signs is null || text.ContainsAny(probe.Signs)) && text.StartsWith(probe.Prefix, StringComparison.Ordinal)
                && HoldsAny(text, probe.Pieces) && HoldsAny(text, probe.Others))
                candidates[probe.Member >> 6] |= 1UL << probe.Member;
        }

        private static bool HoldsAny(ReadOnlySpan<char> text, string[] pieces)
        {
            foreach (var piece in pieces)
            {
                if (text.Contains(piece, StringComparison.Ordinal))
                    return true;
            }

            return pieces.Length == 0;
        }

        // What a pattern asks of folded text stands in that as it is.
        private static ushort[] PlacesOf(string piece, bool isCased) => TextGrams.PlacesOf(isCased ? CueText.Fold(piece) : piece);

        // Signs are rarer in text than letters, and those rarer than blanks.
        private static char Rarest(string piece) => piece.MaxBy(c => c == ' ' ? 0 : char.IsLetterOrDigit(c) ? 1 : 2);
    }

    /// <summary>The greatest length and the first and the last run of letters (an index of a bit) of a probe, and its number.</summary>
    private readonly record struct Gate(ushort Most, ushort First, ushort Last, ushort Probe);

    private readonly record struct Probe(int Member, string Prefix, int Most, ushort[] Places, SearchValues<char>? Signs, string[] Pieces, string[] Others);
}
