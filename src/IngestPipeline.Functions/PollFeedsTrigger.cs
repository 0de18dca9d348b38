using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Looks which feeds are due, and sweeps up what is overdue.</summary>
public sealed class PollFeedsTrigger(PollFeeds stage, FirstRun first)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(PollFeeds))]
    public async Task Run([TimerTrigger("%PollSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        await first.EnsureAsync(cancellation);
        await stage.RunAsync(cancellation);
    }
}
