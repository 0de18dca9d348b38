namespace IngestPipeline.Deduplication;

/// <summary>What two texts share, measured on their shingles and on the alignment of the shared passages.</summary>
/// <remarks>Weights and counts are symmetric: comparing the other way round gives the same figures with the sides exchanged.</remarks>
internal readonly record struct PassageComparison
{
    /// <summary>Weight of the first text's shingles that the second has.</summary>
    public int SharedA { get; init; }

    /// <summary>Weight of the second text's shingles that the first has.</summary>
    public int SharedB { get; init; }

    /// <summary>Share of the first text's weight that the second has, 0 to 1.</summary>
    public double ContainedA { get; init; }

    /// <summary>Share of the second text's weight that the first has, 0 to 1.</summary>
    public double ContainedB { get; init; }

    /// <summary>As <see cref="ContainedA"/>, each shingle counting the same.</summary>
    public double PlainA { get; init; }

    /// <summary>As <see cref="ContainedB"/>, each shingle counting the same.</summary>
    public double PlainB { get; init; }

    /// <summary>Share of the head of the first text that the second has, 0 to 1.</summary>
    public double HeadA { get; init; }

    /// <summary>Share of the head of the second text that the first has, 0 to 1.</summary>
    public double HeadB { get; init; }

    /// <summary>Weight of the longest run of shingles that stand in both texts in the same order.</summary>
    public int LongestRun { get; init; }

    /// <summary>Position in the first text where that run starts.</summary>
    public int LongestRunStartA { get; init; }

    /// <summary>Number of shingles in that run.</summary>
    public int LongestRunLength { get; init; }

    /// <summary>
    /// As <see cref="ContainedA"/> after joining shared passages that follow each other in both texts with only a few other words between
    /// them: high for a light rewording, no higher than before for a block that was taken over.
    /// </summary>
    public double BridgedA { get; init; }

    /// <summary>As <see cref="BridgedA"/>, for the second text.</summary>
    public double BridgedB { get; init; }

    /// <summary>Which 64ths of the first text the second has, lowest bit first.</summary>
    public ulong CoverageA { get; init; }

    /// <summary>Which 64ths of the second text the first has, lowest bit first.</summary>
    public ulong CoverageB { get; init; }

    /// <summary>Numbers inside shared passages.</summary>
    public int NumbersShared { get; init; }

    /// <summary>Places between shared passages where one text has one number and the other another.</summary>
    public int NumbersExchanged { get; init; }

    /// <summary>Capitalised words inside shared passages.</summary>
    public int NamesShared { get; init; }

    /// <summary>Places between shared passages where one text has one name and the other another.</summary>
    public int NamesExchanged { get; init; }

    /// <summary>Share of the shorter text's weight that the other has.</summary>
    public double Containment => Math.Max(ContainedA, ContainedB);

    /// <summary>Weighted resemblance (Jaccard), 0 to 1.</summary>
    public double Resemblance { get; init; }
}
