namespace IngestPipeline.Extraction.Metadata;

/// <summary>Tells whether a name that stands alone below a headline is signed: by a date, an age, an office, a handle or an outlet beside it.</summary>
internal static class Signature
{
    private const int LongestDated = 100;

    // In another line behind more words than these a day is what a sentence tells of.
    private const int LongestLead = 30;

    // An office, an outlet, a handle may stand between a name and its date.
    private const int MaxBetween = 4;
    private const int LongestOffice = 50;
    private const int LongestAge = 24;

    /// <summary>True when the lines around a name, or what stands behind it in its own, say that it is a signature.</summary>
    /// <param name="lines">The page's lines.</param>
    /// <param name="i">The name's.</param>
    /// <param name="rest">What stands behind the name in its line.</param>
    public static bool IsSigned(List<PageLine> lines, int i, ReadOnlySpan<char> rest)
    {
        if (IsDated(lines, i, isOwn: true) || (i > 0 && IsDated(lines, i - 1, isOwn: false)) || (rest.Length > 0 && IsMark(rest)))
            return true;

        for (var at = i + 1; at < lines.Count && at <= i + MaxBetween; at++)
        {
            if (IsDated(lines, at, isOwn: false) || IsMark(lines[at].Text))
                return true;
            if (!IsOffice(lines[at].Text))
                return false;
        }

        return false;
    }

    /// <summary>True for what stands behind a name in its line and is none of it.</summary>
    public static bool Explains(ReadOnlySpan<char> rest) =>
        rest.Length > 0 && (IsMark(rest.TrimStart(" ,|·•-–—")) || IsOffice(rest.ToString()) || DateScanner.Find(rest.ToString()) is [{ Start: <= LongestLead }, ..]);

    private static bool IsDated(List<PageLine> lines, int at, bool isOwn) =>
        lines[at].Length <= LongestDated && DateScanner.Find(lines[at].Text) is [var day, ..]
        && (isOwn || day.Start <= LongestLead || DateLabels.RoleOf(lines[at].Text.AsSpan(0, day.Start)) != DateRole.Unnamed);

    // "@annlarsen", "2 months", "1h ago", "6 min read"
    private static bool IsMark(ReadOnlySpan<char> text) =>
        text is ['@', _, _, ..] || (text.Length is >= 2 and <= LongestAge && char.IsAsciiDigit(text[0]) && IsAge(text));

    private static bool IsAge(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 && text[digits..].TrimStart() is [>= 'a' and <= 'z', ..];
    }

    private static bool IsOffice(string text) =>
        text.Length is > 1 and <= LongestOffice && BylineWords.IsRole(TextKey.Words(text[(text.LastIndexOf(' ') + 1)..]));
}
