namespace IngestPipeline.Boilerplate;

/// <summary>One step of a <see cref="PatternProgram"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The step behind it.</param>
/// <param name="Other">For a fork the other step behind it; for a character the number of its set.</param>
internal readonly record struct PatternStep(PatternStepKind Kind, int Next, int Other = -1);

/// <summary>What a step of a pattern does.</summary>
internal enum PatternStepKind
{
    /// <summary>The pattern is met.</summary>
    Met,

    /// <summary>Takes a character of a set.</summary>
    Character,

    /// <summary>Goes on at two steps.</summary>
    Fork,

    /// <summary>Goes on at the text's start only.</summary>
    Start,

    /// <summary>Goes on at the text's end only.</summary>
    End,

    /// <summary>Goes on where a word begins or ends.</summary>
    WordEdge,
}
