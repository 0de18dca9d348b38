namespace IngestPipeline.Feeds;

/// <summary>Reads a feed document of any known format into one model.</summary>
public sealed class FeedReader
{
    /// <summary>Reads one document. Never throws for bad input: the result says what was repaired or why it is not a feed.</summary>
    public FeedReadResult Read(ReadOnlyMemory<byte> body, FeedSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new() { Format = FeedFormat.None, Error = "not a feed" };
    }
}
