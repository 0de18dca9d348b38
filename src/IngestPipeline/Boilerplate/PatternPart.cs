namespace IngestPipeline.Boilerplate;

/// <summary>What is known of a piece of a pattern, for <see cref="PatternHint"/>.</summary>
/// <param name="First">The characters that it may start with; null for any.</param>
/// <param name="CanBeEmpty">True when it meets nothing too.</param>
/// <param name="Pieces">What it meets holds one of these; null when nothing is known.</param>
/// <param name="Prefix">What it meets begins with this.</param>
/// <param name="IsExact">True when it meets the prefix alone.</param>
/// <param name="Most">How many characters it meets at most.</param>
/// <param name="Texts">All texts that it meets; null when they are too many, or not known.</param>
/// <param name="Others">It holds one of these, too; null when nothing is known.</param>
internal sealed record PatternPart(
    PatternStart? First, bool CanBeEmpty, IReadOnlyList<string>? Pieces, string Prefix, bool IsExact, int Most, IReadOnlyList<string>? Texts = null,
    IReadOnlyList<string>? Others = null)
{
    /// <summary>Whatever there may be.</summary>
    public static PatternPart Unknown { get; } = new(null, true, null, "", false, int.MaxValue);

    /// <summary>Any character.</summary>
    public static PatternPart Any { get; } = One(null);

    /// <summary>Nothing: a tie, a boundary.</summary>
    public static PatternPart Empty { get; } = new(PatternStart.Of(_ => false, false), true, null, "", true, 0, [""]);

    /// <summary>One character.</summary>
    public static PatternPart One(PatternStart? which) => new(which, false, null, "", false, 1);
}
