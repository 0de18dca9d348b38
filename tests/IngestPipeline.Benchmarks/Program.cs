using System.Globalization;
using BenchmarkDotNet.Running;
using IngestPipeline;
using IngestPipeline.Benchmarks;
using IngestPipeline.Benchmarks.Load;

// "whole" measures ratios within one run, which hold on a noisy machine too; "scale N" streams N articles through the copy window; "poll-week"
// simulates a week of polling; "soak", "burst" and "freshness" run the live pipeline over a web in process; "startup" times cold starts, "report" a report.
// Anything else goes to BenchmarkDotNet, which measures the parts ("--filter *"). As the product runs.
NativeHeap.KeepLargeBlocksApart();
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["whole", .. var rest])
    return WholeRun.Run(rest, Console.Out);
if (args is ["poll-week", .. var week])
    return PollWeek.Run(week, Console.Out);
if (args is ["scale", .. var size])
    return ScaleRun.Run(size, Console.Out);
if (args is ["soak", .. var soak])
    return await LoadRun.SoakAsync(soak, Console.Out);
if (args is ["burst", .. var burst])
    return await LoadRun.BurstAsync(burst, Console.Out);
if (args is ["freshness", .. var freshness])
    return await FreshnessRun.RunAsync(freshness, Console.Out);
if (args is ["report", .. var report])
    return await ReportRun.RunAsync(report, Console.Out);
if (args is ["startup"])
    return StartUp.Run(Console.Out);
if (args is ["startup-once"])
    return await StartUp.OnceAsync(Console.Out);
if (args is ["replay-once", var archive, var store])
    return ReplayWork.Once(archive, store);

BenchmarkSwitcher.FromAssembly(typeof(PartsConfig).Assembly).Run(args, new PartsConfig());
return 0;
