using System.Diagnostics;

namespace IngestPipeline.Benchmarks;

/// <summary>What one side of a comparison took.</summary>
/// <param name="Seconds">Median of the rounds.</param>
/// <param name="Cpu">Seconds of processor time of the whole process, which other work on the machine hardly touches.</param>
/// <param name="Bytes">Allocated bytes of one round.</param>
internal readonly record struct Cost(double Seconds, double Cpu, long Bytes);

/// <summary>Two works done in turns, so that a machine's moods meet both alike.</summary>
/// <param name="Base">The yardstick.</param>
/// <param name="Ours">The work that is measured.</param>
/// <param name="Ratio">Median over the rounds of ours ÷ yardstick of the same round.</param>
/// <param name="Least">The smallest round's ratio.</param>
/// <param name="Most">The largest round's ratio.</param>
/// <param name="CpuRatio">The same median of processor time.</param>
internal sealed record Interleaved(Cost Base, Cost Ours, double Ratio, double Least, double Most, double CpuRatio)
{
    /// <summary>Runs both until they are warm, then in turns.</summary>
    /// <param name="yardstick">The yardstick.</param>
    /// <param name="ours">The work that is measured.</param>
    /// <param name="rounds">Rounds that count.</param>
    /// <param name="warmUps">Rounds before them: once to compile, once for the tiers above; work that keeps every core busy leaves these little time, and needs more.</param>
    public static Interleaved Measure(Action yardstick, Action ours, int rounds, int warmUps = 2)
    {
        for (var i = 0; i < warmUps; i++)
        {
            yardstick();
            ours();
        }

        var pairs = Enumerable.Range(0, rounds).Select(_ => (Base: Time(yardstick), Ours: Time(ours))).ToList();
        var ratios = pairs.Select(p => p.Ours.Seconds / p.Base.Seconds).Order().ToList();
        var cpu = pairs.Select(p => p.Ours.Cpu / p.Base.Cpu).Order().ToList();
        return new(Median(pairs.Select(p => p.Base)), Median(pairs.Select(p => p.Ours)), ratios[rounds / 2], ratios[0], ratios[^1], cpu[rounds / 2]);
    }

    private static Cost Time(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        work();
        var seconds = clock.Elapsed.TotalSeconds;
        return new(seconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static Cost Median(IEnumerable<Cost> costs)
    {
        var all = costs.ToList();
        return new(all.Select(c => c.Seconds).Order().ElementAt(all.Count / 2), all.Select(c => c.Cpu).Order().ElementAt(all.Count / 2), all.Select(c => c.Bytes).Order().ElementAt(all.Count / 2));
    }
}
