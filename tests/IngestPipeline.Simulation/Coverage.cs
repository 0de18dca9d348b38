using System.Collections.Concurrent;

namespace IngestPipeline.Simulation;

/// <summary>How often the effects of each kind happened, and in which ways they went wrong: what the faults of a run reached.</summary>
internal sealed class Coverage
{
    private static readonly Fault[] Wrong = [Fault.DiesBefore, Fault.DiesAfter, Fault.FailsBefore, Fault.FailsAfter];
    private readonly ConcurrentDictionary<string, int[]> _kinds = new(StringComparer.Ordinal);

    /// <summary>By kind of effect: how often each <see cref="Fault"/> was decided, in the order of the enumeration.</summary>
    public IReadOnlyDictionary<string, int[]> Kinds => _kinds;

    /// <summary>The points at which a fault can come: kinds of effects times ways to go wrong.</summary>
    public int Points => _kinds.Count * Wrong.Length;

    /// <summary>The points at which one came.</summary>
    public int Reached => _kinds.Values.Sum(counts => Wrong.Count(fault => counts[(int)fault] > 0));

    /// <summary>Faults at all points.</summary>
    public int Faults => _kinds.Values.Sum(counts => Wrong.Sum(fault => counts[(int)fault]));

    /// <summary>Points that no fault came to, though the effect happened at least so often.</summary>
    public IEnumerable<string> Missed(int atLeast) =>
        from kind in _kinds
        where kind.Value.Sum() >= atLeast
        from fault in Wrong
        where kind.Value[(int)fault] == 0
        orderby kind.Key, fault
        select $"{kind.Key}: {fault}";

    /// <summary>Counts an effect.</summary>
    /// <param name="what">Its kind and name: a verb and a blob's name, or "queue", the queue's name and a verb.</param>
    /// <param name="fault">How it goes.</param>
    public void Count(string what, Fault fault) => Interlocked.Increment(ref _kinds.GetOrAdd(KindOf(what), static _ => new int[1 + Wrong.Length])[(int)fault]);

    /// <summary>Adds what another run reached.</summary>
    public void Add(IReadOnlyDictionary<string, int[]> kinds)
    {
        foreach (var (kind, counts) in kinds)
            _kinds.AddOrUpdate(kind, counts, (_, mine) => [.. mine.Zip(counts, (a, b) => a + b)]);
    }

    // "create articles/2026-03-14/…" is "create articles/"; "queue feeds send {…}" is "queue feeds send".
    private static string KindOf(string what)
    {
        var words = what.Split(' ', 4);
        if (words[0] == "queue")
            return string.Join(' ', words.Take(3));
        var name = words[^1];
        return words[0] + " " + (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? name[..(slash + 1)] : name);
    }
}
