namespace IngestPipeline.Deduplication;

/// <summary>
/// What is worked out about an article while it is at hand. All of it is a function of the set of articles in the window, so that it may be dropped
/// at any time between two batches and worked out again.
/// </summary>
internal sealed class ArticleNode
{
    /// <summary>The fingerprint; null until it is asked for.</summary>
    public Fingerprint? Print { get; set; }

    /// <summary>True when <see cref="Relations"/> is known.</summary>
    public bool HasRelations { get; set; }

    /// <summary>The articles that it shares passages with; null for none.</summary>
    public Dictionary<int, CopyRelation>? Relations { get; set; }

    /// <summary>Its telling words and the reports related by them; null until they are asked for.</summary>
    public StoryEntry? Story { get; set; }

    /// <summary>The group of copies that it is in; null until it is asked for.</summary>
    public CopyGroup? Group { get; set; }

    /// <summary>The batch in which it was used last.</summary>
    public int Used { get; set; }
}
