namespace IngestPipeline.Deduplication;

/// <summary>Finds the text of a passage that two articles share.</summary>
internal static class SharedPassage
{
    /// <summary>Characters of a passage that evidence shows at most.</summary>
    private const int MaxLength = 200;

    /// <summary>The start of the passage of <paramref name="length"/> shingles from shingle <paramref name="start"/> on; null for none.</summary>
    public static string? Start(string text, int start, int length)
    {
        if (length == 0)
            return null;
        var normalized = TokenizedText.Normalize(text);
        var offsets = new List<int>();
        var last = start + Math.Min(length, MaxLength / 2) - 1 + Shingles.Size;
        TokenizedText.From(normalized, offsets, last + 1);
        if (start >= offsets.Count)
            return null;
        var from = offsets[start];
        var to = last < offsets.Count ? offsets[last] : normalized.Length;
        if (to - from > MaxLength)
            to = from + MaxLength;
        if (to < normalized.Length && char.IsLowSurrogate(normalized[to]) && to > from + 1)
            to--;
        return normalized[from..to].Trim();
    }
}
