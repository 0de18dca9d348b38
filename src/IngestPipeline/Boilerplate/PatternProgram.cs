using System.Globalization;
using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// A regular expression as steps (Thompson, 1968): groups, alternatives, classes, escapes, counts, <c>^</c>, <c>$</c> and <c>\b</c>. Which characters a class
/// or an escape takes is asked of the library, one by one, so that it is the same as there.
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>As many sets as a character's kind has bits for.</summary>
    private const int MostSets = 128;

    private const int MostSteps = 8_000;
    private const string ReadEscapes = "bdDwWsSp";

    private readonly string _pattern;
    private readonly List<PatternStep> _steps = [new(PatternStepKind.Met, -1)];
    private readonly List<string> _sets = [];
    private int _at;

    private PatternProgram(string pattern)
    {
        _pattern = pattern;
        First = Alternatives()(0);
        Sets = [.. _sets.Select(Test)];
    }

    /// <summary>The steps; the first is <see cref="PatternStepKind.Met"/>.</summary>
    public IReadOnlyList<PatternStep> Steps => _steps;

    /// <summary>Where matching begins.</summary>
    public int First { get; }

    /// <summary>What each set takes.</summary>
    public IReadOnlyList<Func<char, bool>> Sets { get; }

    /// <summary>What <c>\b</c> takes for a character of a word.</summary>
    public static Func<char, bool> IsOfWord { get; } = Asked(@"\A\b");

    /// <summary>Reads a pattern that is valid; null for one that says what is not read here, or is too long when its counts are written out.</summary>
    public static PatternProgram? Read(string pattern)
    {
        try
        {
            return new(pattern);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    // What is read is a function that writes its steps, once for each time that it is repeated, from the step behind them.
    private Func<int, int> Alternatives()
    {
        var all = new List<Func<int, int>> { Sequence() };
        for (; Peek('|'); all.Add(Sequence()))
            _at++;
        return next => all.Select(write => write(next)).Aggregate((a, b) => Add(new(PatternStepKind.Fork, a, b)));
    }

    private Func<int, int> Sequence()
    {
        var all = new List<Func<int, int>>();
        while (_at < _pattern.Length && !Peek('|') && !Peek(')'))
            all.Add(Counted(Atom()));
        all.Reverse();
        return next => all.Aggregate(next, (behind, write) => write(behind));
    }

    private Func<int, int> Counted(Func<int, int> one)
    {
        var (least, most) = Count();
        if (Peek('?') || Peek('+'))
            throw new NotSupportedException("a count that is not greedy");
        if ((least, most) == (1, 1))
            return one;

        return next =>
        {
            var behind = next;
            if (most is null)
            {
                behind = Add(default);
                _steps[behind] = new(PatternStepKind.Fork, one(behind), next);
            }

            for (var n = most ?? least; n > 0; n--)
                behind = n > least ? Add(new(PatternStepKind.Fork, one(behind), next)) : one(behind);
            return behind;
        };
    }

    private (int Least, int? Most) Count()
    {
        switch (_at < _pattern.Length ? _pattern[_at++] : '\0')
        {
            case '?':
                return (0, 1);
            case '*':
                return (0, null);
            case '+':
                return (1, null);
            case '{':
                var counts = Upto('}')[..^1].Split(',');
                return (Number(counts[0]), counts.Length == 1 ? Number(counts[0]) : counts[1].Length == 0 ? null : Number(counts[1]));
            case '\0':
                return (1, 1);
            default:
                _at--;
                return (1, 1);
        }
    }

    private Func<int, int> Atom()
    {
        var sign = _pattern[_at++];
        switch (sign)
        {
            case '^':
                return next => Add(new(PatternStepKind.Start, next));
            case '$':
                return next => Add(new(PatternStepKind.End, next));
            case '(':
                if (Peek('?'))
                    _at += _pattern[_at + 1] == ':' ? 2 : throw new NotSupportedException("a group that is not read");
                var inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return Set(sign + Class());
            case '{':
                throw new NotSupportedException("a brace that is no count");
            case '\\' when Peek('b'):
                _at++;
                return next => Add(new(PatternStepKind.WordEdge, next));
            case '\\' when char.IsAsciiLetterOrDigit(_pattern[_at]) && !ReadEscapes.Contains(_pattern[_at], StringComparison.Ordinal):
                throw new NotSupportedException("an escape that is not read");
            case '\\':
                return Set(sign + (Peek('p') ? Upto('}') : _pattern[_at++].ToString()));
            default:
                return Set(sign.ToString());
        }
    }

    private Func<int, int> Set(string text)
    {
        if (!_sets.Contains(text, StringComparer.Ordinal))
            _sets.Add(_sets.Count < MostSets ? text : throw new NotSupportedException("too many sets"));
        var number = _sets.IndexOf(text);
        return next => Add(new(PatternStepKind.Character, next, number));
    }

    // The rest of a class.
    private string Class()
    {
        var start = _at;
        _at += Peek('^') ? 1 : 0;
        if (Peek(']'))
            throw new NotSupportedException("a class that begins with a bracket");
        for (; !Peek(']'); _at++)
        {
            if (Peek('['))
                throw new NotSupportedException("a class within a class");
            _at += Peek('\\') ? 1 : 0;
        }

        return _pattern[start..++_at];
    }

    private string Upto(char end)
    {
        var (start, at) = (_at, _pattern.IndexOf(end, _at));
        _at = at >= 0 ? at + 1 : throw new NotSupportedException("what does not end");
        return _pattern[start.._at];
    }

    private static int Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostSteps
            ? number
            : throw new NotSupportedException("a brace that is no count");

    private bool Peek(char sign) => _at < _pattern.Length && _pattern[_at] == sign;

    private int Add(PatternStep step)
    {
        if (_steps.Count == MostSteps)
            throw new NotSupportedException("too long");
        _steps.Add(step);
        return _steps.Count - 1;
    }

    private static Func<char, bool> Test(string set) => set switch
    {
        "." => c => c != '\n',
        [var only] => c => c == only,
        ['\\', var sign] when !char.IsAsciiLetterOrDigit(sign) => c => c == sign,
        _ => Asked($@"\A{set}"),
    };

    private static Func<char, bool> Asked(string pattern)
    {
        var library = new Regex(pattern, RegexOptions.CultureInvariant);
        return c => library.IsMatch([c]);
    }
}
