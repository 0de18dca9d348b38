namespace IngestPipeline.Pipeline.Live;

/// <summary>Asks for a feed to be read.</summary>
/// <param name="Version">The message's shape: <see cref="MessageJson.Version"/>.</param>
/// <param name="Feed">The feed's id.</param>
/// <param name="Trace">The <c>traceparent</c> of what sent it; null = none.</param>
public sealed record FeedMessage(int Version, string Feed, string? Trace)
{
    /// <summary>The time of the marker that stands for this message in the list of due feeds; null = not known.</summary>
    public DateTimeOffset? Marker { get; init; }
}
