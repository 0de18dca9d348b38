namespace IngestPipeline.Deduplication;

/// <summary>Two articles side by side: what was decided about them, and on what evidence.</summary>
public sealed record ArticleComparison
{
    /// <summary>The first article.</summary>
    public required CopyDocument A { get; init; }

    /// <summary>The second article.</summary>
    public required CopyDocument B { get; init; }

    /// <summary>How they stand to each other.</summary>
    public required ComparedKind Kind { get; init; }

    /// <summary>The article that stands for both when one is a copy or version of the other, or the report that the other rewrites; else null.</summary>
    public string? OriginalId { get; init; }

    /// <summary>The measure that decided, or that came nearest.</summary>
    public required string Measure { get; init; }

    /// <summary>The measure's value in 1/10,000.</summary>
    public required int Score { get; init; }

    /// <summary>What the measure had to reach, in 1/10,000.</summary>
    public required int Threshold { get; init; }

    /// <summary>Share of the first article's shingles that the second has, in 1/10,000.</summary>
    public required int ContainedA { get; init; }

    /// <summary>Share of the second article's shingles that the first has, in 1/10,000.</summary>
    public required int ContainedB { get; init; }

    /// <summary>All shared passages in the order of the first article's text.</summary>
    public required SharedPassages Passages { get; init; }

    /// <summary>The news agency that the first article is credited to; null for none.</summary>
    public string? AgencyA { get; init; }

    /// <summary>The news agency that the second article is credited to; null for none.</summary>
    public string? AgencyB { get; init; }

    /// <summary>Numbers, names and dates of the first article that the second gives differently; empty when none are exchanged.</summary>
    public IReadOnlyList<string> FactsA { get; init; } = [];

    /// <summary>Numbers, names and dates of the second article that the first gives differently; empty when none are exchanged.</summary>
    public IReadOnlyList<string> FactsB { get; init; } = [];

    /// <summary>True when the facts that differ forbid what the words suggest: a rewrite, or a copy of a report made to a form.</summary>
    public bool Vetoed { get; init; }
}
