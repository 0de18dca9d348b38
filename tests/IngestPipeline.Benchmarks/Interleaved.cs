using System.Diagnostics;
using System.Runtime;

namespace IngestPipeline.Benchmarks;

/// <summary>What one side of a comparison took.</summary>
/// <param name="Seconds">Median of the rounds.</param>
/// <param name="Cpu">Seconds of processor time of the whole process, which other work on the machine hardly touches.</param>
/// <param name="Bytes">Allocated bytes of one round.</param>
/// <param name="Collections">Collections of one round.</param>
internal readonly record struct Cost(double Seconds, double Cpu, long Bytes, int Collections);

/// <summary>Two works done in turns, so that a machine's moods meet both alike.</summary>
/// <param name="Base">The yardstick.</param>
/// <param name="Ours">The work that is measured.</param>
/// <param name="Ratio">Median over the rounds of ours ÷ yardstick of the same round.</param>
/// <param name="Least">The smallest round's ratio.</param>
/// <param name="Most">The largest round's ratio.</param>
/// <param name="CpuRatio">The same median of processor time.</param>
/// <param name="WarmUps">Rounds before those that count.</param>
internal sealed record Interleaved(Cost Base, Cost Ours, double Ratio, double Least, double Most, double CpuRatio, int WarmUps)
{
    private const int FewMethods = 30;
    private const int RestingRounds = 3;
    private const int MostWarmUps = 60;

    /// <summary>Runs both until they are warm, then in turns.</summary>
    /// <param name="yardstick">The yardstick.</param>
    /// <param name="ours">The work that is measured.</param>
    /// <param name="rounds">Rounds that count.</param>
    /// <param name="warmUps">Rounds before them at least: once to compile, once for the tiers above.</param>
    public static Interleaved Measure(Action yardstick, Action ours, int rounds, int warmUps = 2)
    {
        var warmed = WarmUp(yardstick, ours, warmUps);
        var pairs = Enumerable.Range(0, rounds).Select(_ => (Base: Time(yardstick), Ours: Time(ours))).ToList();
        var ratios = pairs.Select(p => p.Ours.Seconds / p.Base.Seconds).Order().ToList();
        var cpu = pairs.Select(p => p.Ours.Cpu / p.Base.Cpu).Order().ToList();
        return new(Median(pairs.Select(p => p.Base)), Median(pairs.Select(p => p.Ours)), ratios[rounds / 2], ratios[0], ratios[^1], cpu[rounds / 2], warmed);
    }

    // Warm is a process whose compiler rests: where every core is busy it has little time, and goes on for dozens of rounds.
    private static int WarmUp(Action yardstick, Action ours, int least)
    {
        var (done, resting) = (0, 0);
        while (done < least || (resting < RestingRounds && done < MostWarmUps))
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            yardstick();
            ours();
            done++;
            resting = JitInfo.GetCompiledMethodCount() - compiled < FewMethods ? resting + 1 : 0;
        }

        return done;
    }

    private static Cost Time(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var collections = GC.CollectionCount(0);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        work();
        var seconds = clock.Elapsed.TotalSeconds;
        return new(
            seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes,
            GC.CollectionCount(0) - collections);
    }

    private static Cost Median(IEnumerable<Cost> costs)
    {
        var all = costs.ToList();
        return new(Middle(all, c => c.Seconds), Middle(all, c => c.Cpu), Middle(all, c => c.Bytes), Middle(all, c => c.Collections));
    }

    private static T Middle<T>(List<Cost> costs, Func<Cost, T> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);
}
