namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads a line by the elements that it is made of: what an element holds behind a whole name is no part of the name.</summary>
internal static class LinePieces
{
    // A page of nothing but bylines in pieces reads some of each.
    private const int MaxJoints = 16;
    private const int LongestName = 80;

    private static readonly char[] Parting = [' ', ',', '&', ';', '/', '|', '·', '•'];

    /// <summary>
    /// The place behind which the line's byline is over: <c>By Ann Larsen</c> of <c>By Ann Larsen City Columnist</c>; the text's length where nothing says so.
    /// </summary>
    public static int EndOfNames(PageScan scan, int line, SiteNames sites)
    {
        var text = scan.Lines[line].Text;
        var joints = scan.JointsOf(line);
        if (joints.Length == 0)
            return text.Length;

        var opens = text;
        var begins = BylineParser.TakeBy(ref opens);
        var start = 0;
        for (var i = 0; i < joints.Length && i < MaxJoints && joints[i] < text.Length; i++)
        {
            if (joints[i] <= start || joints[i] - start > LongestName || !IsWhole(text[start..joints[i]], sites))
                continue;

            // "Home News Written by Ann Larsen": the byline comes behind.
            start = joints[i];
            if (!begins && BylineParser.HoldsBy(text.AsSpan(start)))
                continue;
            if (!GoesOn(text, start) && !IsSurname(text.AsSpan(start), isLast: i == joints.Length - 1))
                return start;
        }

        return text.Length;
    }

    private static bool IsWhole(string piece, SiteNames sites)
    {
        var name = piece.Trim(Parting);
        BylineParser.TakeBy(ref name);
        if (TextKey.IsIn(BylineWords.And, Word(name)))
            name = name[Word(name).Length..].TrimStart();
        return name.Contains(' ', StringComparison.Ordinal)
            && BylineParser.LoneName(name, sites) is { } whole
            && name.TrimEnd('.').EndsWith(whole.TrimEnd('.'), StringComparison.Ordinal);
    }

    // A comma or an "and" on either side of the joint parts one name from the next; small letters behind a comma say who the name's bearer is.
    private static bool GoesOn(string text, int joint)
    {
        var rest = text.AsSpan(joint).TrimStart(Parting);
        var parts = (text.AsSpan(0, joint).TrimEnd() is [.., var before] && Parting.Contains(before)) || Parting.Contains(text[joint]);
        return (parts && rest.Length > 0 && !char.IsLower(rest[0]))
            || TextKey.IsIn(BylineWords.And, Word(rest))
            || TextKey.IsIn(BylineWords.And, LastWord(text.AsSpan(0, joint).TrimEnd()))
            || BylineWords.By.Match(text.AsSpan(joint)) > 0;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text) => text.IndexOf(' ') is > 0 and var end ? text[..end] : text;

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text) => text[(text.LastIndexOf(' ') + 1)..];

    // "Ann Karin" and "Larsen" at the line's end are one name; an office or an outlet is none.
    private static bool IsSurname(ReadOnlySpan<char> rest, bool isLast)
    {
        var word = rest.Trim().ToString();
        return isLast && word.Length > 1 && char.IsUpper(word[0]) && char.IsLower(word[^1]) && word.All(c => char.IsLetter(c) || c == '-')
            && TextKey.Of(word) is var key
            && !BylineWords.IsRole(key)
            && !BylineWords.IsOrganisation(key)
            && Agencies.Find(word) is null
            && DateLabels.RoleOf(word) == DateRole.Unnamed;
    }
}
