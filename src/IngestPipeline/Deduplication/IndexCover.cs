namespace IngestPipeline.Deduplication;

/// <summary>Which decided articles the window holds: all that were first seen within the span, and the undated ones when it has those.</summary>
/// <param name="From">The start of the span in UTC ticks.</param>
/// <param name="To">Its end in UTC ticks; before the start when no dated article is held.</param>
/// <param name="Undated">True when undated articles are held.</param>
internal readonly record struct IndexCover(long From, long To, bool Undated)
{
    /// <summary>True when it holds dated articles.</summary>
    public bool HasDated => From <= To;

    /// <summary>True for an article that is held when it was decided about.</summary>
    public bool Holds(long seen) => seen == ArticleHead.Undated ? Undated : seen >= From && seen <= To;
}
