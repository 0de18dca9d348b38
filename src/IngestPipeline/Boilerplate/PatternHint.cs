using System.Text;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// What a text must have for a pattern to meet it, read off the pattern: the characters that it may start with, and pieces of which it must
/// hold one. Both only ever leave out texts that the pattern cannot meet; where the reader does not understand a pattern, it asks for nothing.
/// </summary>
internal sealed class PatternHint
{
    private const int Ascii = 128;

    private readonly bool[]? _starts;
    private readonly bool _otherStarts;

    private PatternHint(Part whole, bool isTied)
    {
        if (isTied && whole is { First: { } first, CanBeEmpty: false })
            (_starts, _otherStarts) = (first.Ascii, first.Other);
        Pieces = whole.Pieces;
    }

    /// <summary>A text that holds none of these is not met; null when nothing is known.</summary>
    public IReadOnlyList<string>? Pieces { get; }

    /// <summary>Reads a pattern.</summary>
    public static PatternHint Read(string pattern)
    {
        var reader = new Reader(pattern);
        var whole = reader.Alternatives();

        // A stray ")" or a tie that holds for one of several alternatives: nothing is known then.
        return !reader.AtEnd || reader.IsStrange ? new(Part.Unknown, false) : new(whole, pattern.StartsWith('^') && !reader.HasTopBar);
    }

    /// <summary>False when the pattern cannot meet a text that starts with the character.</summary>
    public bool MayStartWith(char first) => _starts is null || (first < Ascii ? _starts[first] : _otherStarts);

    private sealed record Start(bool[] Ascii, bool Other)
    {
        public static Start Of(Func<char, bool> test, bool other) => new([.. Enumerable.Range(0, PatternHint.Ascii).Select(c => test((char)c))], other);

        public static Start? Join(Start? a, Start? b) =>
            a is null || b is null ? null : new([.. a.Ascii.Zip(b.Ascii, (x, y) => x || y)], a.Other || b.Other);
    }

    /// <summary>A piece of a pattern; a null start is any character.</summary>
    private sealed record Part(Start? First, bool CanBeEmpty, IReadOnlyList<string>? Pieces)
    {
        public static Part Unknown { get; } = new(null, true, null);

        public static Part Any { get; } = new(null, false, null);

        public static Part Empty { get; } = new(Start.Of(_ => false, false), true, null);
    }

    private sealed class Reader(string pattern)
    {
        private int _at;
        private int _depth;

        public bool AtEnd => _at >= pattern.Length;

        public bool HasTopBar { get; private set; }

        public bool IsStrange { get; private set; }

        public Part Alternatives()
        {
            var parts = new List<Part> { Sequence() };
            while (!AtEnd && pattern[_at] == '|')
            {
                HasTopBar |= _depth == 0;
                _at++;
                parts.Add(Sequence());
            }

            var first = parts.Skip(1).Aggregate(parts[0].First, (sum, p) => Start.Join(sum, p.First));
            return new(first, parts.Exists(p => p.CanBeEmpty), parts.TrueForAll(p => p.Pieces is not null) ? [.. parts.SelectMany(p => p.Pieces!)] : null);
        }

        private Part Sequence()
        {
            var (first, canBeEmpty, best, run) = (Part.Empty.First, true, (IReadOnlyList<string>?)null, new StringBuilder());
            while (!AtEnd && pattern[_at] is not ('|' or ')'))
            {
                var part = Atom(out var literal);
                var (optional, repeated) = Quantifier();
                if (canBeEmpty)
                    first = Start.Join(first, part.First);
                canBeEmpty &= part.CanBeEmpty || optional;
                if (literal is { } c && !optional)
                    run.Append(c);
                if (literal is not null && !optional && !repeated)
                    continue;

                best = Better(best, Close(run));
                if (!optional)
                    best = Better(best, part.Pieces);
            }

            return new(first, canBeEmpty, Better(best, Close(run)));
        }

        private static string[]? Close(StringBuilder run)
        {
            string[]? piece = run.Length == 0 ? null : [run.ToString()];
            run.Clear();
            return piece;
        }

        /// <summary>Signs are rarer in text than letters.</summary>
        private static IReadOnlyList<string>? Better(IReadOnlyList<string>? a, IReadOnlyList<string>? b)
        {
            return a is null ? b : b is null ? a : Worth(b) > Worth(a) ? b : a;

            static int Worth(IReadOnlyList<string> pieces) => pieces.Min(p => p.Sum(c => char.IsLetterOrDigit(c) || c == ' ' ? 1 : 3));
        }

        private (bool Optional, bool Repeated) Quantifier()
        {
            if (AtEnd)
                return default;

            switch (pattern[_at])
            {
                case '?' or '*':
                    _at++;
                    IsStrange |= !AtEnd && pattern[_at] is '?' or '+';
                    return (true, true);
                case '+':
                    _at++;
                    return (false, true);
                case '{':
                    var optional = pattern[_at + 1] == '0';
                    _at = pattern.IndexOf('}', _at) + 1;
                    return (optional, true);
                default:
                    return default;
            }
        }

        private Part Atom(out char? literal)
        {
            literal = null;
            var c = pattern[_at++];
            switch (c)
            {
                case '^' or '$':
                    return Part.Empty;
                case '.':
                    return Part.Any;
                case '[':
                    for (_at += pattern[_at] == '^' ? 2 : 1; pattern[_at] != ']'; _at++)
                        _at += pattern[_at] == '\\' ? 1 : 0;
                    _at++;
                    return Part.Any;
                case '(':
                    return Group();
                case '\\':
                    return Escape(out literal);
                default:
                    literal = c;
                    return Literal(c);
            }
        }

        private Part Group()
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

        private Part Escape(out char? literal)
        {
            literal = null;
            var c = pattern[_at++];
            switch (c)
            {
                case 'b':
                    return Part.Empty;
                case 'd':
                    return new(Start.Of(char.IsAsciiDigit, true), false, null);
                case 'p':
                    var end = pattern.IndexOf('}', _at);
                    var isUpper = pattern[_at..end] == "{Lu";
                    _at = end + 1;
                    return isUpper ? new(Start.Of(char.IsAsciiLetterUpper, true), false, null) : Part.Any;
                case var _ when char.IsAsciiLetterOrDigit(c):
                    IsStrange |= c is not ('W' or 'w' or 's' or 'S' or 'D');
                    return Part.Any;
                default:
                    literal = c;
                    return Literal(c);
            }
        }

        private static Part Literal(char c) => new(Start.Of(a => a == c, c >= Ascii), false, null);
    }
}
