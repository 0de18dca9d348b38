namespace IngestPipeline.Feeds.Lists;

/// <summary>How a list of feeds is written.</summary>
public enum FeedListForm
{
    /// <summary>A feeds file: JSON with comments.</summary>
    Json,

    /// <summary>OPML, as other readers export it.</summary>
    Opml,

    /// <summary>Plain text: an address a line.</summary>
    Plain,
}
