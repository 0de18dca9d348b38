namespace IngestPipeline.Feeds.Lists;

/// <summary>The feeds that a pipeline follows: what a feeds file (<c>feeds.json</c>) says.</summary>
/// <param name="Feeds">The feeds in the order of the file; no two have the same id.</param>
public sealed record FeedList(IReadOnlyList<FeedSettings> Feeds)
{
    /// <summary>Where a store keeps its list.</summary>
    public const string StoreName = "config/feeds.json";

    /// <summary>A list without feeds.</summary>
    public static FeedList Empty { get; } = new([]);

    /// <summary>
    /// Reads a feeds file: JSON with <c>//</c> comments and trailing commas allowed; OPML and a plain list of addresses are told by their content.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <returns>The list, and every problem found. With a problem the list is not to be used: it lacks what could not be read.</returns>
    public static FeedListResult Read(ReadOnlyMemory<byte> bytes) =>
        OpmlReader.IsOpml(bytes.Span) ? OpmlReader.Read(bytes)
        : PlainListReader.Read(bytes.Span) is { } plain ? plain
        : new FeedListReader(bytes.Span).Read();
}
