namespace IngestPipeline.Deduplication;

/// <summary>How two articles that share passages stand to each other.</summary>
internal enum CopyBond : byte
{
    /// <summary>They share passages, and that is all.</summary>
    Shares,

    /// <summary>One is a copy of the other.</summary>
    Copy,

    /// <summary>They tell other facts in the same form: whatever a third article says, they are not copies.</summary>
    Apart,
}

/// <summary>The comparison of two articles; A is the one that was first seen earlier.</summary>
/// <param name="Bond">How they stand to each other.</param>
/// <param name="Strength">How sure the bond is, in 1/10,000; links are taken in this order.</param>
/// <param name="Measure">The measure that decided.</param>
/// <param name="Score">The measure's value, in 1/10,000.</param>
/// <param name="Threshold">What the measure had to reach, in 1/10,000.</param>
/// <param name="Passages">What they share.</param>
internal sealed record CopyRelation(CopyBond Bond, int Strength, string Measure, int Score, int Threshold, PassageComparison Passages);
