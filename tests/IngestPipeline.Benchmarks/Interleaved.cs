using System.Diagnostics;

namespace IngestPipeline.Benchmarks;

/// <summary>What one side of a comparison took.</summary>
/// <param name="Seconds">Median of the rounds.</param>
/// <param name="Bytes">Allocated bytes of one round.</param>
internal readonly record struct Cost(double Seconds, long Bytes);

/// <summary>Two works done in turns on one thread, so that a machine's moods meet both alike.</summary>
/// <param name="Base">The yardstick.</param>
/// <param name="Ours">The work that is measured.</param>
/// <param name="Ratio">Median over the rounds of ours ÷ yardstick of the same round.</param>
/// <param name="Least">The smallest round's ratio.</param>
/// <param name="Most">The largest round's ratio.</param>
internal sealed record Interleaved(Cost Base, Cost Ours, double Ratio, double Least, double Most)
{
    /// <summary>Runs both until they are warm, then in turns.</summary>
    public static Interleaved Measure(Action yardstick, Action ours, int rounds)
    {
        // Twice each: once to compile, once for the tiers above.
        for (var i = 0; i < 2; i++)
        {
            yardstick();
            ours();
        }

        var pairs = Enumerable.Range(0, rounds).Select(_ => (Base: Time(yardstick), Ours: Time(ours))).ToList();
        var ratios = pairs.Select(p => p.Ours.Seconds / p.Base.Seconds).Order().ToList();
        return new(Median(pairs.Select(p => p.Base)), Median(pairs.Select(p => p.Ours)), ratios[rounds / 2], ratios[0], ratios[^1]);
    }

    private static Cost Time(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        work();
        return new(clock.Elapsed.TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    private static Cost Median(IEnumerable<Cost> costs)
    {
        var all = costs.ToList();
        return new(all.Select(c => c.Seconds).Order().ElementAt(all.Count / 2), all.Select(c => c.Bytes).Order().ElementAt(all.Count / 2));
    }
}
