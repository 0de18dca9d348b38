namespace IngestPipeline.Deduplication;

/// <summary>Why two articles were called copies, versions or rewrites.</summary>
/// <param name="OtherId">The article it was compared with.</param>
/// <param name="Measure">The measure that decided, such as <c>exact-text</c>, <c>containment</c>, <c>title-date</c>.</param>
/// <param name="Score">The measure's value in 1/10,000.</param>
/// <param name="Threshold">The value that the score had to reach, in 1/10,000.</param>
/// <param name="ContainedIn">Share of this article's shingles that the other has, in 1/10,000.</param>
/// <param name="Contains">Share of the other article's shingles that this one has, in 1/10,000.</param>
/// <param name="SharedPassage">The start of the longest passage that both share, at most 200 characters; null when none was located.</param>
public sealed record CopyEvidence(string OtherId, string Measure, int Score, int Threshold, int ContainedIn, int Contains, string? SharedPassage = null);
