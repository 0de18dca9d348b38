using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Simulation;

/// <summary>
/// Decides how effects go wrong. What happens to the n-th effect of a kind on a name depends on the seed alone, and not on what ran beside it, so that
/// a seed means the same whatever the thread pool did.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="perMille">How many of a thousand effects go wrong, of each kind of fault.</param>
internal sealed class Faults(int seed, int perMille)
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _underWay;
    private long _course;

    /// <summary>What went wrong, by kind of effect.</summary>
    public Coverage Coverage { get; } = new();

    /// <summary>A number that follows from all that was drawn, in its order: another one is another course of events.</summary>
    public long Course => _course;

    /// <summary>True while things go wrong.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>True from a death to the next start.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Effects that are under way: the clock stands still for them, so that a slow disk is no timeout.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    public int Deaths { get; private set; }

    public int Failures { get; private set; }

    /// <summary>True when nothing goes wrong at all.</summary>
    public bool IsFree => perMille == 0;

    /// <summary>The number of starts: work of an earlier life is dead work.</summary>
    public int Life { get; private set; }

    public void Restart()
    {
        IsDead = false;
        Life++;
    }

    /// <summary>0 to 999 for the n-th time of something.</summary>
    public int Draw(string what)
    {
        var count = _counts.AddOrUpdate(what, 1, static (_, n) => n + 1);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{what}\n{count}")));
        _course = unchecked((_course * 31) + BitConverter.ToInt64(hash));
        return (int)(BitConverter.ToUInt32(hash) % 1000);
    }

    /// <summary>Runs an effect, or lets it go wrong.</summary>
    /// <param name="what">The kind and name.</param>
    /// <param name="effect">The effect.</param>
    /// <param name="failure">The exception that the service's failure is.</param>
    public async Task<T> RunAsync<T>(string what, Func<Task<T>> effect, Func<string, Exception> failure)
    {
        var life = Life;
        await Flow.PassAsync(what);
        if (life != Life)
            throw new DeadProcessException();
        var fault = Begin(what, failure);
        return End(fault, await DoAsync(effect), failure);
    }

    /// <summary>Runs an effect that blocks, or lets it go wrong. It has no turn of its own: whoever waits for it stands still.</summary>
    public T Run<T>(string what, Func<T> effect, Func<string, Exception> failure)
    {
        var fault = Begin(what, failure);
        return End(fault, effect(), failure);
    }

    private Fault Begin(string what, Func<string, Exception> failure)
    {
        if (IsDead)
            throw new DeadProcessException();
        return Decide(what) switch
        {
            Fault.DiesBefore => throw Die(),
            Fault.FailsBefore => throw Fail(failure, "nothing was done"),
            var fault => fault,
        };
    }

    private T End<T>(Fault fault, T result, Func<string, Exception> failure) => fault switch
    {
        Fault.DiesAfter => throw Die(),
        Fault.FailsAfter => throw Fail(failure, "it was done, and the reply is lost"),
        _ => result,
    };

    private async Task<T> DoAsync<T>(Func<Task<T>> effect)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            return await effect();
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private Fault Decide(string what)
    {
        if (!IsOn)
            return Fault.None;
        var draw = Draw(what);
        var fault = draw < 4 * perMille ? (Fault)(1 + (draw / perMille)) : Fault.None;
        Coverage.Count(what, fault);
        return fault;
    }

    private DeadProcessException Die()
    {
        IsDead = true;
        Deaths++;
        return new();
    }

    private Exception Fail(Func<string, Exception> failure, string how)
    {
        Failures++;
        return failure($"simulated fault: {how}");
    }
}
