using System.Buffers;
using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>The patterns of all rules, in their order; each is asked only about texts that its hint lets through, and built when it is first asked.</summary>
internal sealed class PatternSet
{
    private const int Ascii = 128;

    private readonly Member[] _members;
    private readonly Member[][] _byStart;

    /// <summary>Takes the patterns, in their order.</summary>
    public PatternSet(IEnumerable<BlockRule> rules)
    {
        _members = [.. rules.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues.Select(c => new Member(c, r)))];
        _byStart = [.. Enumerable.Range(0, Ascii).Select(c => _members.Where(m => m.IsCased || m.MayStartWith((char)c)).ToArray())];
    }

    /// <summary>The first rule whose pattern meets a block.</summary>
    /// <param name="folded">The folded block, not empty.</param>
    /// <param name="text">The block as it is written, not empty.</param>
    /// <param name="grams">The folded block's.</param>
    public BlockRule? Match(string folded, string text, TextGrams grams)
    {
        foreach (var member in folded[0] < Ascii ? _byStart[folded[0]] : _members)
        {
            if (folded.Length <= member.MaxLength && (member.IsCased ? member.IsMatch(text) : member.MayMatch(grams) && member.IsMatch(folded)))
                return member.Rule;
        }

        return null;
    }

    private sealed class Member
    {
        private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

        private readonly PatternHint _hint;
        private readonly SearchValues<char>? _signs;
        private readonly SearchValues<string>? _pieces;
        private readonly ushort[][] _grams = [];
        private readonly Lazy<Regex> _pattern;

        public Member(string pattern, BlockRule rule)
        {
            (Rule, MaxLength, IsCased) = (rule, rule.MaxLength, rule.Cased);
            _hint = PatternHint.Read(pattern);
            _pattern = new(() => new(pattern, Options));

            // Looking for a piece costs a tenth of asking a pattern, even one that gives up at the first letters.
            if (_hint.Pieces is not { } pieces)
                return;

            if (pieces.All(p => p.Length == 1))
                _signs = SearchValues.Create(string.Concat(pieces));
            else if (IsCased || pieces.Any(p => p.Length < TextGrams.Length))
                _pieces = SearchValues.Create([.. pieces.Distinct(StringComparer.Ordinal)], StringComparison.Ordinal);
            else
                _grams = [.. pieces.Distinct(StringComparer.Ordinal).Select(p => TextGrams.PlacesOf(p))];
        }

        public BlockRule Rule { get; }

        public int MaxLength { get; }

        public bool IsCased { get; }

        public bool MayStartWith(char first) => _hint.MayStartWith(first);

        /// <summary>False when the folded text holds none of the pieces of which a match holds one.</summary>
        public bool MayMatch(TextGrams text)
        {
            foreach (var places in _grams)
            {
                if (text.MayHold(places))
                    return true;
            }

            return _grams.Length == 0;
        }

        public bool IsMatch(string text) =>
            MayStartWith(text[0])
            && (_signs is null || text.AsSpan().ContainsAny(_signs))
            && (_pieces is null || text.AsSpan().ContainsAny(_pieces))
            && _pattern.Value.IsMatch(text);
    }
}
