namespace IngestPipeline.Boilerplate;

/// <summary>
/// Parts a pattern at its first group of alternatives that cannot be left out, so that each can be hinted at by itself: <c>^(a b|c d) e$</c> becomes <c>^(a b)
/// e$</c> and <c>^(c d) e$</c>. What the pattern meets starts as one of them starts and holds what that one holds; for a group that may be repeated that is the
/// alternative of its first round.
/// </summary>
internal static class PatternBranches
{
    /// <summary>The pattern with one alternative each; the pattern itself where it has no such group.</summary>
    public static IReadOnlyList<string> Of(string pattern)
    {
        for (var open = Next(pattern, 0, '('); open >= 0; open = Next(pattern, open + 1, '('))
        {
            var (depth, bars) = (0, new List<int> { open });
            var at = open + 1;
            for (; at < pattern.Length && (depth > 0 || pattern[at] != ')'); at = After(pattern, at))
            {
                depth += pattern[at] == '(' ? 1 : pattern[at] == ')' ? -1 : 0;
                if (depth == 0 && pattern[at] == '|')
                    bars.Add(at);
            }

            if (at >= pattern.Length)
                break;

            // What may be left out says nothing, and nothing in it does.
            if (at + 1 < pattern.Length && (pattern[at + 1] is '?' or '*' || pattern.AsSpan(at + 1).StartsWith("{0")))
            {
                open = at;
                continue;
            }

            if (bars.Count == 1)
                continue;

            bars.Add(at);
            return [.. bars.SkipLast(1)
                .Select((from, i) => string.Concat(pattern.AsSpan(0, open), "(", pattern.AsSpan(from + 1, bars[i + 1] - from - 1), pattern.AsSpan(at)))];
        }

        return [pattern];
    }

    private static int Next(string pattern, int at, char sign)
    {
        while (at < pattern.Length && pattern[at] != sign)
            at = After(pattern, at);
        return at < pattern.Length ? at : -1;
    }

    // The place behind a letter, an escaped letter or a class.
    private static int After(string pattern, int at)
    {
        if (pattern[at] == '\\')
            return at + 2;
        if (pattern[at] != '[')
            return at + 1;

        for (at += at + 1 < pattern.Length && pattern[at + 1] == '^' ? 2 : 1; at < pattern.Length && pattern[at] != ']'; at++)
            at += pattern[at] == '\\' ? 1 : 0;
        return at + 1;
    }
}
