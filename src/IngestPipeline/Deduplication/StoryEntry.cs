namespace IngestPipeline.Deduplication;

/// <summary>A report as stories see it.</summary>
internal sealed class StoryEntry(TermVector vector)
{
    /// <summary>Its telling words.</summary>
    public TermVector Vector { get; } = vector;

    /// <summary>True when <see cref="Relations"/> is known.</summary>
    public bool HasRelations { get; set; }

    /// <summary>The reports related to it, or perhaps so; null for none.</summary>
    public Dictionary<int, StoryRelation>? Relations { get; set; }

    /// <summary>Scores as a rewrite of other reports, as far as they were asked for; null for none.</summary>
    public Dictionary<int, int>? Rewrites { get; set; }

    /// <summary>Its words and word pairs; null until they are asked for.</summary>
    public Phrasing? Phrasing { get; set; }
}
