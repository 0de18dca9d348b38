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
    private const int LongestNoise = 2;
    private const int MaxOutletWords = 4;
    private const string Parting = " ,|/·•-–—";

    /// <summary>True when the lines around a name, or what stands behind it in its own, say that it is a signature.</summary>
    /// <param name="scan">The page.</param>
    /// <param name="i">The name's line.</param>
    /// <param name="end">Where the name ends in it.</param>
    /// <param name="sites">The page's own names.</param>
    public static bool IsSigned(PageScan scan, int i, int end, SiteNames sites)
    {
        var lines = scan.Lines;
        if (IsDatedAround(scan, i)
            || Says(lines[i].Text.AsSpan(end), sites)
            || (lines[i].Text.AsSpan().IndexOfAny(BylineParser.AnyHardBreak) is > 0 and var at && IsMark(lines[i].Text.AsSpan(at).TrimStart(Parting))))
            return true;

        for (var next = i + 1; next < lines.Count && next <= i + MaxBetween; next++)
        {
            var text = lines[next].Text;
            if (IsDated(scan, next, isOwn: false) || IsMark(text) || (next == i + 1 && IsOutlet(text, sites)))
                return true;
            if (!IsOffice(text) && !IsNoise(text))
                return false;
        }

        return false;
    }

    /// <summary>True for a line that dates itself, or is beside one that does.</summary>
    public static bool IsDatedAround(PageScan scan, int i) =>
        IsDated(scan, i, isOwn: true) || (i + 1 < scan.Lines.Count && IsDated(scan, i + 1, isOwn: false))
        || (i > 0 && IsDated(scan, i - 1, isOwn: false)) || (i > 1 && scan.Lines[i - 1].Length <= LongestNoise && IsDated(scan, i - 2, isOwn: false));

    /// <summary>True for what stands behind a name in its line and is none of it.</summary>
    public static bool Explains(ReadOnlySpan<char> rest, SiteNames sites) =>
        Says(rest, sites) || IsOffice(rest.ToString()) || DateScanner.Find(rest.ToString()) is [{ Start: <= LongestLead }, ..];

    private static bool Says(ReadOnlySpan<char> rest, SiteNames sites) =>
        rest.TrimStart(Parting) is { Length: > 1 } said && (IsMark(said) || IsOutlet(said.ToString(), sites));

    private static bool IsDated(PageScan scan, int at, bool isOwn)
    {
        // The lines of a headline's surroundings are asked about each other.
        ref var known = ref scan.Days[at];
        if (known == LineDay.Unknown)
            known = DayOf(scan.Lines[at]);
        return isOwn ? known >= LineDay.Inside : known == LineDay.Early;
    }

    private static LineDay DayOf(in PageLine line) =>
        line.Length > LongestDated || DateScanner.Find(line.Text) is not [var day, ..] ? LineDay.None
        : day.Start <= LongestLead || DateLabels.RoleOf(line.Text.AsSpan(0, day.Start)) != DateRole.Unnamed ? LineDay.Early : LineDay.Inside;

    // "@annlarsen", "Political reporter @annlarsen", "2 months", "1h ago", "6 min read", "Published 2 days ago"
    private static bool IsMark(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > LongestOffice)
            return false;
        if ((text.LastIndexOf(' ') is > 0 and var last && text[last..] is [' ', '@', _, _, ..]) || text is ['@', _, _, ..])
            return true;
        if (text.IndexOf(' ') is > 0 and var first && DateLabels.RoleOf(text[..first]) is DateRole.Published or DateRole.Modified)
            text = text[(first + 1)..];
        return text.Length is >= 2 and <= LongestAge && char.IsAsciiDigit(text[0]) && IsAge(text);
    }

    private static bool IsOutlet(string text, SiteNames sites) =>
        text.Length is > 1 and <= LongestOffice && (Agencies.Find(text) is not null || sites.Contains(text) || IsOutletByName(text, sites));

    private static bool IsOutletByName(string text, SiteNames sites) =>
        char.IsUpper(text[0])
            && text.AsSpan().Count(' ') is > 0 and < MaxOutletWords
            && !text.StartsWith("The ", StringComparison.Ordinal)
            && PersonName.KindOf(text, sites) == NameKind.Organisation;

    // A comma in a line of its own, a network's name, a button's.
    private static bool IsNoise(string text) => text.Length <= LongestNoise || (text.Length <= LongestLead && BylineWords.IsStop(TextKey.Words(text)));

    private static bool IsAge(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 && text[digits..].TrimStart() is [>= 'a' and <= 'z', ..];
    }

    private static bool IsOffice(string text) =>
        text.Length is > 1 and <= LongestOffice && BylineWords.IsRole(TextKey.Words(text[(text.LastIndexOf(' ') + 1)..]));
}
