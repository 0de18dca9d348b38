namespace IngestPipeline.Fetching.Robots;

/// <summary>One line of a group.</summary>
/// <param name="Allow">True for Allow, false for Disallow.</param>
/// <param name="Pattern">The path pattern, normalised: <c>*</c> stands for anything, <c>$</c> at the end for the end.</param>
internal sealed record RobotsRule(bool Allow, string Pattern)
{
    /// <summary>True when the pattern fits the beginning of a normalised path.</summary>
    public bool Fits(string path)
    {
        var pattern = Pattern.AsSpan();
        var atEnd = pattern.EndsWith("$");
        if (atEnd)
            pattern = pattern[..^1];

        var rest = path.AsSpan();
        var first = true;
        // Between stars the leftmost fit is as good as any; only the last piece may have to stand at the end.
        while (true)
        {
            var star = pattern.IndexOf('*');
            var piece = star < 0 ? pattern : pattern[..star];
            if (star < 0 && atEnd)
                return first ? rest.SequenceEqual(piece) : rest.EndsWith(piece);
            var at = first ? (rest.StartsWith(piece) ? 0 : -1) : rest.IndexOf(piece);
            if (at < 0)
                return false;
            if (star < 0)
                return true;
            rest = rest[(at + piece.Length)..];
            pattern = pattern[(star + 1)..];
            first = false;
        }
    }
}
