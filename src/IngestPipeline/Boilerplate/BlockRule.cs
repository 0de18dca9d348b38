namespace IngestPipeline.Boilerplate;

/// <summary>A rule that names a kind of boilerplate, read from a <c>*.rules.json</c> file.</summary>
internal sealed record BlockRule
{
    /// <summary>Its name, unique over all files.</summary>
    public required string Id { get; init; }

    /// <summary>What the block is: <c>donation</c>, <c>related</c>, <c>caption</c> and so on.</summary>
    public required string Kind { get; init; }

    /// <summary>What happens to the block.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>How the cues are looked for.</summary>
    public required RuleMatch Match { get; init; }

    /// <summary>The words looked for, folded as <see cref="CueText"/> folds blocks; for patterns, regular expressions over the folded block.</summary>
    public required IReadOnlyList<string> Cues { get; init; }

    /// <summary>The languages of the cues, BCP 47; <c>und</c> where words do not matter.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Why the block is not the article's text, in plain English.</summary>
    public required string Reason { get; init; }

    /// <summary>A block that the rule meets.</summary>
    public required string Example { get; init; }

    /// <summary>A block like it that the rule leaves alone.</summary>
    public required string Keeps { get; init; }

    /// <summary>Longer blocks are left alone, in characters.</summary>
    public int MaxLength { get; init; } = 200;

    /// <summary>How many different cues a block must hold, for <see cref="RuleMatch.Words"/>.</summary>
    public int Needs { get; init; } = 2;

    /// <summary>True when what follows the cue of a line's start need not be parted from it by a sign such as ":" or "|".</summary>
    public bool Loose { get; init; }

    /// <summary>True when the block opens a run: the lines of titles or labels under it go with it.</summary>
    public bool Heads { get; init; }

    /// <summary>True for patterns that look at the block as it is written, capital letters and all.</summary>
    public bool Cased { get; init; }
}
