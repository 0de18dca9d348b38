using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Decides about copies and writes records: one instance, since a timer has one.</summary>
public sealed class DeduplicateTrigger(Deduplicate stage)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(Deduplicate))]
    public Task Run([TimerTrigger("%DeduplicateSchedule%")] TimerInfo timer, CancellationToken cancellation) => stage.RunAsync(cancellation);
}
