namespace IngestPipeline.Boilerplate;

/// <summary>How a rule's cues are looked for in a block.</summary>
internal enum RuleMatch
{
    /// <summary>The block is the cue.</summary>
    LineEquals,

    /// <summary>The block starts with the cue and goes on behind a sign such as ":" or "|".</summary>
    LineStarts,

    /// <summary>The block ends with the cue.</summary>
    LineEnds,

    /// <summary>The block holds the cue as whole words.</summary>
    LineContains,

    /// <summary>The block holds several of the cues.</summary>
    Words,

    /// <summary>A regular expression matches; it must run without backtracking.</summary>
    Pattern,

    /// <summary>The cue stands inside a paragraph, in brackets or behind a full stop, with a sign after it; only that part is cut.</summary>
    Inline,

    /// <summary>The cue stands in a note behind a paragraph's last full stop; only the note is cut.</summary>
    Tail,
}
