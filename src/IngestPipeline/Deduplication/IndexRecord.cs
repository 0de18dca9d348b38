namespace IngestPipeline.Deduplication;

/// <summary>What a segment of the index says of an article: its head, what it is found by, and where its card is.</summary>
internal sealed class IndexRecord
{
    /// <summary>The article's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its head; the place of its card counts within the segment's own card files.</summary>
    public ArticleHead Head { get; set; }

    /// <summary>See <see cref="Fingerprint.TitleKey"/>; as the next two, of an article that leads a family only.</summary>
    public ulong Title { get; init; }

    /// <summary>See <see cref="Fingerprint.Address"/>.</summary>
    public ulong Address { get; init; }

    /// <summary>Its anchors, each once, ascending.</summary>
    public uint[] Anchors { get; init; } = [];

    /// <summary>Those of its anchors that its site repeats.</summary>
    public uint[] Repeated { get; init; } = [];

    /// <summary>The telling words by which it is found.</summary>
    public uint[] Terms { get; init; } = [];
}
