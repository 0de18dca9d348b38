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
    public BlockRule? Match(string folded, string text, scoped TextGrams grams)
    {
        Span<ulong> room = stackalloc ulong[TextGrams.Room];
        scoped var written = grams;
        var isRead = false;
        foreach (var member in folded[0] < Ascii ? _byStart[folded[0]] : _members)
        {
            if (folded.Length > member.MaxLength || (member.IsCased && !member.MayStartWith(text[0])))
                continue;

            if (member.IsCased && !isRead)
            {
                written = TextGrams.Read(text, room);
                isRead = true;
            }

            if (member.IsCased ? member.IsMatch(text, written) : member.IsMatch(folded, grams))
                return member.Rule;
        }

        return null;
    }

    private sealed class Member
    {
        private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

        private readonly Branch[] _branches;
        private readonly Lazy<Regex> _pattern;

        public Member(string pattern, BlockRule rule)
        {
            (Rule, MaxLength, IsCased) = (rule, rule.MaxLength, rule.Cased);
            _branches = [.. PatternBranches.Of(pattern).Select(b => new Branch(PatternHint.Read(b)))];
            _pattern = new(() => new(pattern, Options));
        }

        public BlockRule Rule { get; }

        public int MaxLength { get; }

        public bool IsCased { get; }

        public bool MayStartWith(char first) => Array.Exists(_branches, b => b.MayStartWith(first));

        public bool IsMatch(string text, TextGrams grams)
        {
            foreach (var branch in _branches)
            {
                if (branch.MayStartWith(text[0]) && branch.MayBeIn(text, grams))
                    return _pattern.Value.IsMatch(text);
            }

            return false;
        }
    }

    /// <summary>One of a pattern's alternatives.</summary>
    private sealed class Branch
    {
        private readonly PatternHint _hint;
        private readonly bool _asksForPieces;
        private readonly SearchValues<char>? _signs;
        private readonly ushort[][] _grams = [];

        public Branch(PatternHint hint)
        {
            _hint = hint;

            // The text's runs of letters are read once for all patterns; a text without any of a pattern's pieces need not be asked about.
            if (hint.Pieces is not { } pieces)
                return;

            _asksForPieces = true;
            _grams = [.. pieces.Where(p => p.Length >= TextGrams.Length).Distinct(StringComparer.Ordinal).Select(p => TextGrams.PlacesOf(p))];
            if (pieces.Where(p => p.Length < TextGrams.Length).Select(Rarest).ToArray() is { Length: > 0 } signs)
                _signs = SearchValues.Create(signs);
        }

        public bool MayStartWith(char first) => _hint.MayStartWith(first);

        /// <summary>False when the text holds none of the pieces of which a match holds one.</summary>
        public bool MayBeIn(string text, TextGrams grams)
        {
            if (!_asksForPieces)
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
