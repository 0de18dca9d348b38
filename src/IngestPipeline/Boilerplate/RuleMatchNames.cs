namespace IngestPipeline.Boilerplate;

/// <summary>The names that rules files have for the ways in which cues are looked for.</summary>
internal static class RuleMatchNames
{
    private static readonly (string Name, RuleMatch Match)[] _all =
    [
        ("line-equals", RuleMatch.LineEquals),
        ("line-starts", RuleMatch.LineStarts),
        ("line-ends", RuleMatch.LineEnds),
        ("line-contains", RuleMatch.LineContains),
        ("words", RuleMatch.Words),
        ("pattern", RuleMatch.Pattern),
        ("inline", RuleMatch.Inline),
        ("tail", RuleMatch.Tail),
    ];

    /// <summary>All of them, for people.</summary>
    public static string Listed => string.Join(", ", _all[..^1].Select(m => m.Name)) + " or " + _all[^1].Name;

    /// <summary>What a name stands for; null for none.</summary>
    public static RuleMatch? Of(string? name)
    {
        foreach (var (known, match) in _all)
        {
            if (known == name)
                return match;
        }

        return null;
    }
}
