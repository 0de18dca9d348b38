namespace IngestPipeline.Boilerplate;

/// <summary>
/// Matches a pattern with one look at each character. The states of a matching (where in the pattern it may be) are made as they are met, and kept. Many
/// threads may match at once; one at a time makes states.
/// </summary>
internal sealed class PatternMachine
{
    /// <summary>The states kept; with more of them they are made anew.</summary>
    private const int MostStates = 1_000;

    private static readonly State Met = new([], Before.Start);

    private readonly Lock _gate = new();
    private readonly PatternProgram _program;
    private readonly bool _isTied;

    // A character's kind says which sets take it; kinds are numbered from 1 as they are met, and kept in pages of 256 characters.
    private readonly ushort[]?[] _kindOf = new ushort[]?[256];
    private readonly Dictionary<Kind, ushort> _numbers = [];
    private readonly List<Kind> _kinds = [default];
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private State _first;

    // For who makes a state: marks of its visit at the steps that it has met and taken.
    private readonly int[] _seen;
    private readonly int[] _taken;
    private readonly Stack<int> _open = [];
    private readonly List<int> _reached = [];
    private int _visit;

    public PatternMachine(PatternProgram program)
    {
        _program = program;
        _isTied = IsTied(program.First, []);
        _first = new([program.First], Before.Start);
        _seen = new int[program.Steps.Count];
        _taken = new int[program.Steps.Count];
    }

    private enum Before
    {
        Start,
        Word,
        Other,
    }

    /// <summary>True when the pattern is met anywhere in a text; null where a line ends within it, which has rules of its own.</summary>
    public bool? IsMatch(ReadOnlySpan<char> text)
    {
        var state = Volatile.Read(ref _first);
        foreach (var c in text)
        {
            if (c == '\n')
                return null;
            var kind = _kindOf[c >> 8] is { } page && Volatile.Read(ref page[c & 0xFF]) is > 0 and var known ? known : MeetKind(c);
            var next = Volatile.Read(ref state.Next);
            var then = (kind < next.Length ? Volatile.Read(ref next[kind]) : null) ?? MakeNext(state, kind);

            // Most characters change nothing: a processor that foresees that does not wait for the state.
            if (ReferenceEquals(then, state))
                continue;
            if (then.IsLast)
                return ReferenceEquals(then, Met);
            state = then;
        }

        return IsMetAtEnd(state);
    }

    private int MeetKind(char c)
    {
        lock (_gate)
        {
            UInt128 sets = 0;
            for (var i = 0; i < _program.Sets.Count; i++)
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

    private State MakeNext(State state, int number)
    {
        lock (_gate)
        {
            var kind = _kinds[number];
            var next = TryReach(state, kind.IsOfWord, atEnd: false, kind.Sets) ? ReachedState(kind.IsOfWord ? Before.Word : Before.Other) : Met;
            if (number >= state.Next.Length)
                Volatile.Write(ref state.Next, [.. state.Next, .. new State?[_kinds.Count - state.Next.Length]]);
            Volatile.Write(ref state.Next[number], next);
            return next;
        }
    }

    private bool IsMetAtEnd(State state)
    {
        if (state.AtEnd is null)
        {
            lock (_gate)
                state.AtEnd = TryReach(state, isOfWord: false, atEnd: true, default) ? state : Met;
        }

        return ReferenceEquals(state.AtEnd, Met);
    }

    // The state of the steps reached.
    private State ReachedState(Before before)
    {
        _reached.Sort();
        var key = string.Create(_reached.Count + 1, (Steps: _reached, Before: before), static (span, of) =>
        {
            span[0] = (char)of.Before;
            for (var i = 0; i < of.Steps.Count; i++)
                span[i + 1] = (char)of.Steps[i];
        });
        if (_states.TryGetValue(key, out var known))
            return known;
        if (_states.Count == MostStates)
        {
            _states.Clear();
            Volatile.Write(ref _first, new([_program.First], Before.Start));
        }

        return _states[key] = new([.. _reached], before);
    }

    /// <summary>Finds the steps behind a character that a state's steps lead to; false when the pattern is met before it.</summary>
    private bool TryReach(State state, bool isOfWord, bool atEnd, UInt128 sets)
    {
        _reached.Clear();
        _open.Clear();
        _visit++;
        foreach (var step in state.Steps)
            _open.Push(step);
        while (_open.TryPop(out var number))
        {
            if (_seen[number] == _visit)
                continue;
            _seen[number] = _visit;
            var step = _program.Steps[number];
            switch (step.Kind)
            {
                case PatternStepKind.Met:
                    return false;
                case PatternStepKind.Character:
                    if (!atEnd && (sets >> step.Other & 1) != 0)
                        Take(step.Next);
                    break;
                case PatternStepKind.Fork:
                    _open.Push(step.Other);
                    _open.Push(step.Next);
                    break;
                case PatternStepKind.Start when state.Before == Before.Start:
                case PatternStepKind.End when atEnd:
                case PatternStepKind.WordEdge when (state.Before == Before.Word) != isOfWord:
                    _open.Push(step.Next);
                    break;
            }
        }

        if (!_isTied)
            Take(_program.First);
        return true;
    }

    private void Take(int step)
    {
        if (_taken[step] == _visit)
            return;
        _taken[step] = _visit;
        _reached.Add(step);
    }

    // Nothing of it can begin behind the text's start.
    private bool IsTied(int number, HashSet<int> seen) => !seen.Add(number) || _program.Steps[number] switch
    {
        { Kind: PatternStepKind.Start } => true,
        { Kind: PatternStepKind.Fork } fork => IsTied(fork.Next, seen) && IsTied(fork.Other, seen),
        _ => false,
    };

    private readonly record struct Kind(UInt128 Sets, bool IsOfWord);

    private sealed class State(int[] steps, Before before)
    {
        public State?[] Next = [];

        /// <summary>What follows when the text ends here: that the pattern is met, or anything else; null until somebody has looked.</summary>
        public State? AtEnd;

        public int[] Steps => steps;

        /// <summary>True where no character changes anything more: the pattern is met, or cannot be.</summary>
        public bool IsLast => steps.Length == 0;

        public Before Before => before;
    }
}
