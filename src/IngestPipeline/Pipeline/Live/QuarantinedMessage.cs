namespace IngestPipeline.Pipeline.Live;

/// <summary>A message that was set aside.</summary>
/// <param name="Name">Its blob's name.</param>
/// <param name="Queue">The queue that it came from.</param>
/// <param name="Reason">Why, in one line.</param>
/// <param name="At">When it was set aside.</param>
/// <param name="Body">The message.</param>
public sealed record QuarantinedMessage(string Name, string Queue, string Reason, DateTimeOffset At, string Body)
{
    internal IReadOnlyList<ArticleRequest> Requests { get; init; } = [];
}
