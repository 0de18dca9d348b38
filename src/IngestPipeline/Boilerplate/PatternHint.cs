using System.Globalization;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// What a text must have for a pattern to meet it, read off the pattern: the characters that it may start with, how it begins, how long it may be, and
/// pieces of which it must hold one. They only ever leave out texts that the pattern cannot meet; where the reader does not understand a pattern, it asks for
/// nothing.
/// </summary>
internal sealed class PatternHint
{
    // Of more texts than these that may stand side by side, each is looked for by itself.
    private const int MaxTexts = 8;

    private readonly bool[]? _starts;
    private readonly bool _otherStarts;

    private PatternHint(PatternPart whole, bool isTied, bool isClosed)
    {
        if (isTied && whole is { First: { } first, CanBeEmpty: false })
            (_starts, _otherStarts) = (first.Ascii, first.Other);
        (Prefix, Pieces, Others) = (isTied ? whole.Prefix : "", whole.Pieces, whole.Others);

        // A line end may follow.
        Most = isTied && isClosed && whole.Most < int.MaxValue ? whole.Most + 1 : int.MaxValue;
    }

    /// <summary>What a text must begin with; empty when nothing is known.</summary>
    public string Prefix { get; }

    /// <summary>The longest text that may be met, in characters.</summary>
    public int Most { get; }

    /// <summary>A text that holds none of these is not met; null when nothing is known.</summary>
    public IReadOnlyList<string>? Pieces { get; }

    /// <summary>Nor is one that holds none of these; null when nothing more is known.</summary>
    public IReadOnlyList<string>? Others { get; }

    /// <summary>Reads a pattern.</summary>
    public static PatternHint Read(string pattern)
    {
        var reader = new Reader(pattern);
        var whole = reader.Alternatives();

        // A stray ")" or a tie that holds for one of several alternatives: nothing is known then.
        return !reader.AtEnd || reader.IsStrange
            ? new(PatternPart.Unknown, false, false)
            : new(whole, pattern.StartsWith('^') && !reader.HasTopBar, pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal));
    }

    /// <summary>False when the pattern cannot meet a text that starts with the character.</summary>
    public bool MayStartWith(char first) => _starts is null || (first < PatternStart.Limit ? _starts[first] : _otherStarts);

    private sealed class Reader(string pattern)
    {
        private int _at;
        private int _depth;

        public bool AtEnd => _at >= pattern.Length;

        public bool HasTopBar { get; private set; }

        public bool IsStrange { get; private set; }

        public PatternPart Alternatives()
        {
            var parts = new List<PatternPart> { Sequence() };
            while (!AtEnd && pattern[_at] == '|')
            {
                HasTopBar |= _depth == 0;
                _at++;
                parts.Add(Sequence());
            }

            var first = parts.Skip(1).Aggregate(parts[0].First, (sum, p) => PatternStart.Join(sum, p.First));
            return parts is [var only] ? only
                : new(
                    first, parts.Exists(p => p.CanBeEmpty), parts.TrueForAll(p => p.Pieces is not null) ? [.. parts.SelectMany(p => p.Pieces!)] : null, "",
                    false, parts.Max(p => p.Most),
                    parts.TrueForAll(p => p.Texts is not null) && parts.Sum(p => p.Texts!.Count) <= MaxTexts ? [.. parts.SelectMany(p => p.Texts!)] : null);
        }

        private PatternPart Sequence()
        {
            // What is met without a break: one of several texts.
            IReadOnlyList<string> run = [""];
            var (first, canBeEmpty, found, isWhole) = (PatternPart.Empty.First, true, new List<IReadOnlyList<string>>(), true);
            var (prefix, isExact, most) = ("", true, 0L);
            while (!AtEnd && pattern[_at] is not ('|' or ')'))
            {
                var part = Atom();
                var (optional, repeated, times) = Quantifier();
                prefix += isExact && !optional ? part.Prefix : "";
                isExact &= part.IsExact && !optional && !repeated;
                most = Math.Min(most + ((long)part.Most * times), int.MaxValue);
                if (canBeEmpty)
                    first = PatternStart.Join(first, part.First);
                canBeEmpty &= part.CanBeEmpty || optional;
                var isJoined = !optional && part.Texts is { } texts && run.Count * texts.Count <= MaxTexts;
                if (isJoined)
                    run = [.. run.SelectMany(_ => part.Texts!, string.Concat)];
                if (isJoined && !repeated)
                    continue;
                if (!isJoined && !optional)
                    run = [.. run.Select(t => t + part.Prefix)];

                Find(run, found);
                (run, isWhole) = ([""], false);
                if (!optional && part.Pieces is { } pieces)
                    found.Add(pieces);
            }

            Find(run, found);
            found = [.. found.OrderByDescending(Worth)];
            return new(first, canBeEmpty, found.ElementAtOrDefault(0), prefix, isExact, (int)most, isWhole ? run : null, found.ElementAtOrDefault(1));
        }

        // A text without letters is in any.
        private static void Find(IReadOnlyList<string> run, List<IReadOnlyList<string>> found)
        {
            if (run.All(t => t.Length > 0))
                found.Add(run);
        }

        /// <summary>
        /// Signs are rarer in text than letters, but for those of every paragraph; a piece too short to be looked for itself is only its rarest sign.
        /// </summary>
        private static int Worth(IReadOnlyList<string> pieces) => pieces.Min(p => p.Length < TextGrams.Length ? p.Max(Worth) : p.Sum(Worth));

        private static int Worth(char c) => char.IsLetterOrDigit(c) || c is ' ' or ',' or '.' ? 1 : 3;

        private (bool Optional, bool Repeated, int Times) Quantifier()
        {
            if (AtEnd)
                return (false, false, 1);

            switch (pattern[_at])
            {
                case '?' or '*':
                    var times = pattern[_at++] == '?' ? 1 : int.MaxValue;
                    IsStrange |= !AtEnd && pattern[_at] is '?' or '+';
                    return (true, true, times);
                case '+':
                    _at++;
                    return (false, true, int.MaxValue);
                case '{':
                    var from = _at + 1;
                    _at = pattern.IndexOf('}', _at) + 1;
                    var most = pattern[(pattern.LastIndexOf(',', _at - 1, _at - from) + 1 is var comma and > 0 ? comma : from)..(_at - 1)];
                    return (pattern[from] == '0', true, most.Length == 0 ? int.MaxValue : int.Parse(most, CultureInfo.InvariantCulture));
                default:
                    return (false, false, 1);
            }
        }

        private PatternPart Atom()
        {
            var c = pattern[_at++];
            switch (c)
            {
                case '^' or '$':
                    return PatternPart.Empty;
                case '.':
                    return PatternPart.Any;
                case '[':
                    var from = _at;
                    for (_at += pattern[_at] == '^' ? 2 : 1; pattern[_at] != ']'; _at++)
                        _at += pattern[_at] == '\\' ? 1 : 0;
                    var members = pattern[from.._at++];
                    return members.AsSpan().ContainsAny(@"^\[")
                        || members.IndexOf('-', StringComparison.Ordinal) is >= 0 and var dash && dash < members.Length - 1
                        || members.Length > MaxTexts
                        ? PatternPart.Any
                        : PatternPart.Any with { Texts = [.. members.Select(m => m.ToString())] };
                case '(':
                    return Group();
                case '\\':
                    return Escape();
                default:
                    return Literal(c);
            }
        }

        private PatternPart Group()
        {
            if (pattern[_at] == '?')
            {
                IsStrange |= pattern[_at + 1] != ':';
                _at += 2;
            }

            _depth++;
            var inner = Alternatives();
            _depth--;
            IsStrange |= AtEnd;
            _at++;
            return inner;
        }

        private PatternPart Escape()
        {
            var c = pattern[_at++];
            switch (c)
            {
                case 'b':
                    return PatternPart.Empty;
                case 'd':
                    return PatternPart.One(PatternStart.Of(char.IsAsciiDigit, true));
                case 'p':
                    var end = pattern.IndexOf('}', _at);
                    var isUpper = pattern[_at..end] == "{Lu";
                    _at = end + 1;
                    return isUpper ? PatternPart.One(PatternStart.Of(char.IsAsciiLetterUpper, true)) : PatternPart.Any;
                case var _ when char.IsAsciiLetterOrDigit(c):
                    IsStrange |= c is not ('W' or 'w' or 's' or 'S' or 'D');
                    return PatternPart.Any;
                default:
                    return Literal(c);
            }
        }

        private static PatternPart Literal(char c) =>
            PatternPart.One(PatternStart.Of(a => a == c, c >= PatternStart.Limit)) with { Prefix = c.ToString(), IsExact = true, Texts = [c.ToString()] };
    }
}
