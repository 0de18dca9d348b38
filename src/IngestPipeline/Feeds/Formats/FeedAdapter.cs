namespace IngestPipeline.Feeds.Formats;

/// <summary>Reads the elements of one feed format into the common model.</summary>
/// <remarks>
/// An adapter is shown every element in document order. Those that it does not read to their end are transparent: their children are shown next.
/// </remarks>
internal abstract class FeedAdapter
{
    /// <summary>The format.</summary>
    public abstract FeedFormat Format { get; }

    /// <summary>Whether an element is an entry.</summary>
    public abstract bool IsEntry(FeedElement element);

    /// <summary>Begins an entry with its own attributes.</summary>
    public virtual void BeginEntry(FeedElement element, EntryDraft entry)
    {
    }

    /// <summary>Reads an element inside an entry.</summary>
    public abstract void ReadEntry(FeedElement element, EntryDraft entry);

    /// <summary>Reads an element outside the entries, the document element included.</summary>
    public abstract void ReadFeed(FeedElement element, FeedDraft feed);
}
