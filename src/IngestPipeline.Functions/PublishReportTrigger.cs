using IngestPipeline.Pipeline.Live;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Functions;

/// <summary>Writes the report and the figures.</summary>
public sealed class PublishReportTrigger(PublishReport stage)
{
    /// <summary>Runs the stage.</summary>
    [Function(nameof(PublishReport))]
    public Task Run([TimerTrigger("%ReportSchedule%")] TimerInfo timer, CancellationToken cancellation) => stage.RunAsync(cancellation);
}
