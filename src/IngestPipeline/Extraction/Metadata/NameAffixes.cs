namespace IngestPipeline.Extraction.Metadata;

/// <summary>What stands before or behind a name and is no part of it: <c>our correspondent Ann Larsen</c>, <c>本报记者张伟</c>, <c>김하나기자</c>.</summary>
internal static class NameAffixes
{
    private const char FirstUnspaced = '\u2e80';
    private const char MiddleDot = '・';
    private const char And = 'و';

    // Two or three of the family and four of one's own, in Japan.
    private const int MaxHan = 7;

    private static readonly HashSet<string> Titles = BylineWords.Of("title");
    private static readonly HashSet<string> BeginsWithAnd = BylineWords.Of("begins-with-and");
    private static readonly string[] Before = LongestFirst("before");
    private static readonly string[] Behind = LongestFirst("behind");
    private static readonly string[] Reports = LongestFirst("report");
    private static readonly string[] Organisations = LongestFirst("org-end");
    private static readonly HashSet<string> Reporters = BylineWords.Of("before-several");

    /// <summary>True for a script whose words are not parted by blanks.</summary>
    public static bool IsUnspaced(string text) => text.Length > 0 && IsUnspaced(text[0]);

    /// <summary>True for a character of a script that writes no blanks between words.</summary>
    public static bool IsUnspaced(char c) => c >= FirstUnspaced;

    /// <summary>True for an outlet's or a desk's name in a script without blanks, by its end: 港新聞社.</summary>
    public static bool IsOrganisation(string name) => EndsIn(Organisations, name);

    /// <summary>
    /// How many words before a name say what its bearer does: 2 of "our correspondent Ann Larsen". A name keeps two words at least, in scripts without blanks
    /// one.
    /// </summary>
    public static int TitlesIn(string[] words, int end)
    {
        var start = 0;
        while (end - start >= 2 && (end - start > 2 || IsUnspaced(words[end - 1])))
        {
            if (Titles.Contains(TextKey.Of(words[start])))
                start++;
            else if (end - start >= 4 && Titles.Contains(TextKey.Of(words[start + 1])))
                start += 2; // "political correspondent Ann Larsen"
            else
                break;
        }

        return start;
    }

    /// <summary>A name of a script without blanks, without what is glued to its ends.</summary>
    public static string Unglued(string name)
    {
        if (!IsUnspaced(name))
            return name;

        // "港口日报记者 张伟": the outlet before the office.
        if (name.IndexOf("记者 ", StringComparison.Ordinal) is > 0 and var behindOffice && behindOffice + 3 < name.Length)
            name = name[(behindOffice + 3)..];

        if (Array.Find(Before, b => name.Length >= b.Length + 2 && name.StartsWith(b, StringComparison.Ordinal)) is { } before)
            name = name[before.Length..].TrimStart();
        return Array.Find(Behind, b => name.Length >= b.Length + 2 && name.EndsWith(b, StringComparison.Ordinal)) is { } behind
            ? name[..^behind.Length].TrimEnd()
            : name;
    }

    /// <summary>True for what stands beside names in these scripts: an office alone, or a place with a word for "report" glued to it, <c>台北報導</c>.</summary>
    public static bool IsNoName(string part) =>
        EndsIn(Reports, part) || (IsUnspaced(part) && (Before.Contains(part, StringComparer.Ordinal) || Behind.Contains(part, StringComparer.Ordinal)));

    /// <summary>True for more Chinese characters in a row than a person's name has; foreign names have a dot or other letters in them.</summary>
    public static bool IsPhrase(string name) => name.Length > MaxHan && name.All(c => c is >= '\u4e00' and <= '\u9fff');

    /// <summary>
    /// The names in a part that no blank or word parts: <c>本报记者 张伟 李娜</c>, <c>山田太郎・鈴木花子</c>, <c>أحمد علي وليلى حسن</c>. A foreign name in Japanese
    /// has the same dot between its parts, and Arabic names may begin with the letter that means "and".
    /// </summary>
    public static IEnumerable<string> Split(string part)
    {
        if (IsUnspaced(part))
        {
            if (Array.Find(Before, b => Reporters.Contains(b) && part.StartsWith(b, StringComparison.Ordinal)) is { } reporters
                && part[reporters.Length..].Split([' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } names
                && Array.TrueForAll(names, n => n.Length is >= 2 and <= 4))
                return names;
            return part.Contains(MiddleDot, StringComparison.Ordinal) && !part.Any(IsKatakana)
                ? part.Split(MiddleDot, StringSplitOptions.RemoveEmptyEntries)
                : [part];
        }

        var words = part.Split(' ');
        var at = words.Length < 4 ? -1 : Array.FindIndex(words, 2, words.Length - 3, w => w.Length > 3 && w[0] == And && !BeginsWithAnd.Contains(w));
        return at < 0 ? [part] : [string.Join(' ', words[..at]), string.Join(' ', words[at..])[1..]];
    }

    private static bool EndsIn(string[] ends, string text) =>
        text.Length > 0 && IsUnspaced(text[^1]) && Array.Exists(ends, e => text.EndsWith(e, StringComparison.Ordinal));

    private static bool IsKatakana(char letter) => letter is >= 'ァ' and <= 'ヺ' or 'ー';

    private static string[] LongestFirst(string kind) => [.. BylineWords.Of(kind).OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal)];
}
