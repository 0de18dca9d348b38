namespace IngestPipeline.Feeds.Formats;

/// <summary>A feed document that is being read: its entries come one by one, everything else is final after the last.</summary>
internal interface IFeedDocument
{
    /// <summary>The format; <see cref="FeedFormat.None"/> when the document turned out not to be a feed.</summary>
    FeedFormat Format { get; }

    /// <summary>The feed's own fields.</summary>
    Feed Feed { get; }

    /// <summary>Whether the bytes are well-formed XML; null for what is not XML.</summary>
    bool? WellFormed { get; }

    /// <summary>Reads the entries in document order. Can be called once.</summary>
    IEnumerable<FeedEntry> ReadEntries();
}
