namespace IngestPipeline.Pipeline.Live;

/// <summary>Asks for an article's pending requests to be worked on.</summary>
/// <param name="Version">The message's shape: <see cref="MessageJson.Version"/>.</param>
/// <param name="Article">The article's id.</param>
/// <param name="Trace">The <c>traceparent</c> of what sent it; null = none.</param>
public sealed record ArticleMessage(int Version, string Article, string? Trace);
