using System.Buffers;
using System.Numerics;
using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>The patterns of all rules, in their order; each is asked only about texts that its hint lets through, and built when it is first asked.</summary>
internal sealed class PatternSet
{
    private const int Ascii = 128;

    private readonly Member[] _members;

    // By number: the members that a text's pieces bring up, those that must be looked at in any case, those that a first character may begin.
    private readonly CueFinder _byPiece;
    private readonly ulong[] _always;
    private readonly ulong[][] _byStart;
    private readonly ulong[] _all;

    /// <summary>Takes the patterns, in their order.</summary>
    public PatternSet(IEnumerable<BlockRule> rules)
    {
        _members = [.. rules.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues.Select(c => new Member(c, r)))];
        _byPiece = new([.. _members.SelectMany((m, number) => m.IsFoundByPieces ? m.Pieces.Select(p => (p, number)) : [])]);
        _all = Set(_ => true);
        _always = Set(m => !m.IsFoundByPieces);
        _byStart = [.. Enumerable.Range(0, Ascii).Select(c => Set(m => m.IsCased || m.MayStartWith((char)c)))];
    }

    /// <summary>The first rule whose pattern meets a block.</summary>
    /// <param name="folded">The folded block, not empty.</param>
    /// <param name="text">The block as it is written, not empty.</param>
    /// <param name="grams">The folded block's.</param>
    public BlockRule? Match(string folded, string text, scoped TextGrams grams)
    {
        Span<ulong> asked = stackalloc ulong[_all.Length];
        _always.CopyTo(asked);
        _byPiece.Find(grams, asked);
        var starts = folded[0] < Ascii ? _byStart[folded[0]] : _all;

        Span<ulong> room = stackalloc ulong[TextGrams.Room];
        scoped var written = grams;
        var isRead = false;
        for (var word = 0; word < asked.Length; word++)
        {
            for (var left = asked[word] & starts[word]; left != 0; left &= left - 1)
            {
                var member = _members[(word << 6) | BitOperations.TrailingZeroCount(left)];
                if (folded.Length > member.MaxLength || !member.MayStartWith((member.IsCased ? text : folded)[0]))
                    continue;

                if (member.IsCased && !isRead)
                {
                    written = TextGrams.Read(text, room);
                    isRead = true;
                }

                if (member.IsCased ? member.IsMatch(text, written) : member.IsMatch(folded, grams))
                    return member.Rule;
            }
        }

        return null;
    }

    private ulong[] Set(Func<Member, bool> test)
    {
        var set = new ulong[(_members.Length + 63) / 64];
        for (var i = 0; i < _members.Length; i++)
            set[i >> 6] |= test(_members[i]) ? 1UL << i : 0;
        return set;
    }

    private sealed class Member
    {
        private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

        private readonly PatternHint _hint;
        private readonly SearchValues<char>? _signs;
        private readonly ushort[][] _grams;
        private readonly Lazy<Regex> _pattern;

        public Member(string pattern, BlockRule rule)
        {
            (Rule, MaxLength, IsCased) = (rule, rule.MaxLength, rule.Cased);
            _hint = PatternHint.Read(pattern);
            _pattern = new(() => new(pattern, Options));

            // The text's runs of letters are read once for all patterns; a text without any of a pattern's pieces need not be asked about.
            var pieces = (_hint.Pieces ?? []).ToLookup(p => p.Length >= TextGrams.Length);
            Pieces = [.. pieces[true].Distinct(StringComparer.Ordinal)];
            _grams = [.. Pieces.Select(p => TextGrams.PlacesOf(p))];
            if (pieces[false].Select(Rarest).ToArray() is { Length: > 0 } signs)
                _signs = SearchValues.Create(signs);
        }

        public BlockRule Rule { get; }

        public int MaxLength { get; }

        public bool IsCased { get; }

        /// <summary>The pieces that are long enough to be looked for, of which a match holds one unless it has a sign.</summary>
        public IReadOnlyList<string> Pieces { get; }

        /// <summary>True when the pieces of a folded block bring the member up: nothing else need be known of it.</summary>
        public bool IsFoundByPieces => !IsCased && _signs is null && Pieces.Count > 0;

        public bool MayStartWith(char first) => _hint.MayStartWith(first);

        public bool IsMatch(string text, TextGrams grams) => (IsFoundByPieces || MayHoldPiece(text, grams)) && _pattern.Value.IsMatch(text);

        /// <summary>False when the text holds none of the pieces of which a match holds one.</summary>
        private bool MayHoldPiece(string text, TextGrams grams)
        {
            if (_hint.Pieces is null)
                return true;

            foreach (var places in _grams)
            {
                if (grams.MayHold(places))
                    return true;
            }

            return _signs is not null && text.AsSpan().ContainsAny(_signs);
        }

        // Signs are rarer in text than letters and blanks.
        private static char Rarest(string piece) => piece.FirstOrDefault(c => c != ' ' && !char.IsLetterOrDigit(c), piece[0]);
    }
}
