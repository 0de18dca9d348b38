namespace IngestPipeline.Deduplication;

/// <summary>Why two articles were called copies, versions or rewrites.</summary>
/// <param name="OtherId">The article it was compared with.</param>
/// <param name="Measure">The measure that decided, such as <c>exact-text</c>, <c>containment</c>, <c>title-date</c>.</param>
/// <param name="Score">The measure's value in 1/10,000.</param>
/// <param name="Threshold">The value that the score had to reach, in 1/10,000.</param>
/// <param name="ContainedIn">Share of this article's shingles that the other has, in 1/10,000.</param>
/// <param name="Contains">Share of the other article's shingles that this one has, in 1/10,000.</param>
public sealed record CopyEvidence(string OtherId, string Measure, int Score, int Threshold, int ContainedIn, int Contains)
{
    /// <summary>Shared passages that evidence names at most: the longest.</summary>
    public const int MaxPassages = 8;

    /// <summary>The longest shared passages, in the order of this article's text.</summary>
    public SharedPassages Passages { get; init; } = SharedPassages.None;

    /// <summary>True when this article's page names the other as its canonical address (<c>rel=canonical</c>).</summary>
    public bool Declared { get; init; }

    /// <summary>The news agency that this article is credited to; null for none.</summary>
    public string? Agency { get; init; }

    /// <summary>The news agency that the other article is credited to; null for none.</summary>
    public string? OtherAgency { get; init; }
}
