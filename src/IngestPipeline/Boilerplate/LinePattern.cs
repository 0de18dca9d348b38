using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// Tells whether a line holds what a regular expression means, in time that grows with the line alone. The states of a matching are made as they are met and kept
/// (a lazy deterministic automaton). The library has the same (<see cref="RegexOptions.NonBacktracking"/>), but keeps 1.3 MB for a pattern of ours, most of it for sets of
/// characters, and takes milliseconds to build it; it is asked where a pattern says what <see cref="PatternProgram"/> does not read, and for texts of several lines.
/// </summary>
internal sealed class LinePattern
{
    /// <summary>The states kept; with more of them they are made anew.</summary>
    private const int MostStates = 1_000;

    private static readonly State Met = new([], Before.Start);

    private readonly Lock _gate = new();
    private readonly PatternProgram? _program;
    private readonly Lazy<Regex> _library;
    private readonly bool _isTied;

    // A character's kind says which sets take it; kinds are numbered from 1 as they are met, and kept in pages of 256 characters.
    private readonly ushort[]?[] _kindOf = new ushort[]?[256];
    private readonly Dictionary<Kind, ushort> _numbers = [];
    private readonly List<Kind> _kinds = [default];
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private State _first = Met;

    /// <exception cref="RegexParseException">The pattern is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It cannot be matched without going back.</exception>
    public LinePattern(string pattern)
    {
        // The library says what is valid.
        _ = new Regex(pattern, RegexOptions.CultureInvariant);
        _library = new(() => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        _program = PatternProgram.Read(pattern);
        if (_program is null)
        {
            _ = _library.Value;
            return;
        }

        _isTied = IsTied(_program.First, []);
        _first = StateOf([_program.First], Before.Start);
    }

    private enum Before
    {
        Start,
        Word,
        Other,
    }

    private enum Answer
    {
        Unknown,
        Yes,
        No,
    }

    /// <summary>True when the pattern is met anywhere in a text.</summary>
    public bool IsMatch(string text)
    {
        if (_program is null)
            return _library.Value.IsMatch(text);

        var state = Volatile.Read(ref _first);
        foreach (var c in text)
        {
            // A line's end within a text has rules of its own.
            if (c == '\n')
                return _library.Value.IsMatch(text);
            var kind = KindOf(c);
            var next = Volatile.Read(ref state.Next);
            state = (kind < next.Length ? Volatile.Read(ref next[kind]) : null) ?? After(state, kind);
            if (ReferenceEquals(state, Met))
                return true;
            if (state.Steps.Length == 0)
                return false;
        }

        return state.IsMetAtEnd ??= Reach(state, isOfWord: false, atEnd: true, default) is null;
    }

    private int KindOf(char c) => _kindOf[c >> 8] is { } page && Volatile.Read(ref page[c & 0xFF]) is > 0 and var kind ? kind : MeetKind(c);

    private int MeetKind(char c)
    {
        lock (_gate)
        {
            UInt128 sets = 0;
            for (var i = 0; i < _program!.Sets.Count; i++)
                sets |= _program.Sets[i](c) ? UInt128.One << i : 0;
            var kind = new Kind(sets, PatternProgram.IsOfWord(c));
            if (!_numbers.TryGetValue(kind, out var number))
            {
                _numbers[kind] = number = (ushort)_kinds.Count;
                _kinds.Add(kind);
            }

            var page = _kindOf[c >> 8] ?? new ushort[256];
            Volatile.Write(ref page[c & 0xFF], number);
            Volatile.Write(ref _kindOf[c >> 8], page);
            return number;
        }
    }

    private State After(State state, int number)
    {
        lock (_gate)
        {
            var kind = _kinds[number];
            var steps = Reach(state, kind.IsOfWord, atEnd: false, kind.Sets);
            var after = steps is null ? Met : StateOf(steps, kind.IsOfWord ? Before.Word : Before.Other);
            if (number >= state.Next.Length)
                Volatile.Write(ref state.Next, [.. state.Next, .. new State?[_kinds.Count - state.Next.Length]]);
            Volatile.Write(ref state.Next[number], after);
            return after;
        }
    }

    private State StateOf(SortedSet<int> steps, Before before)
    {
        var key = string.Create(steps.Count + 1, (steps, before), (span, of) =>
        {
            span[0] = (char)of.before;
            var at = 1;
            foreach (var step in of.steps)
                span[at++] = (char)step;
        });
        if (_states.TryGetValue(key, out var known))
            return known;
        if (_states.Count == MostStates)
        {
            _states.Clear();
            Volatile.Write(ref _first, new([_program!.First], Before.Start));
        }

        return _states[key] = new([.. steps], before);
    }

    /// <summary>The steps behind a character that a state's steps lead to; null when the pattern is met before it.</summary>
    private SortedSet<int>? Reach(State state, bool isOfWord, bool atEnd, UInt128 sets)
    {
        var reached = new SortedSet<int>();
        var seen = new HashSet<int>();
        var open = new Stack<int>(state.Steps);
        while (open.TryPop(out var number))
        {
            if (!seen.Add(number))
                continue;
            var step = _program!.Steps[number];
            switch (step.Kind)
            {
                case PatternStepKind.Met:
                    return null;
                case PatternStepKind.Character:
                    if (!atEnd && (sets >> step.Other & 1) != 0)
                        reached.Add(step.Next);
                    break;
                case PatternStepKind.Fork:
                    open.Push(step.Other);
                    open.Push(step.Next);
                    break;
                case PatternStepKind.Start when state.Before == Before.Start:
                case PatternStepKind.End when atEnd:
                case PatternStepKind.WordEdge when (state.Before == Before.Word) != isOfWord:
                    open.Push(step.Next);
                    break;
            }
        }

        if (!_isTied)
            reached.Add(_program!.First);
        return reached;
    }

    // Nothing of it can begin behind the text's start.
    private bool IsTied(int number, HashSet<int> seen) => !seen.Add(number) || _program!.Steps[number] switch
    {
        { Kind: PatternStepKind.Start } => true,
        { Kind: PatternStepKind.Fork } fork => IsTied(fork.Next, seen) && IsTied(fork.Other, seen),
        _ => false,
    };

    private readonly record struct Kind(UInt128 Sets, bool IsOfWord);

    private sealed class State(int[] steps, Before before)
    {
        public State?[] Next = [];
        private Answer _atEnd;

        /// <summary>Whether the pattern is met when the text ends here; null until somebody has looked.</summary>
        public bool? IsMetAtEnd
        {
            get => _atEnd == Answer.Unknown ? null : _atEnd == Answer.Yes;
            set => _atEnd = value == true ? Answer.Yes : Answer.No;
        }

        public int[] Steps => steps;

        public Before Before => before;
    }
}
