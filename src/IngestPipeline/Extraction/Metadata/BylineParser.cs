namespace IngestPipeline.Extraction.Metadata;

/// <summary>Takes names out of a byline: <c>By Ann Larsen and Bo Berg, Staff Writers</c>.</summary>
internal static class BylineParser
{
    private const int MaxNames = 40;
    private const int LongestBy = 40;
    private static readonly char[] HardBreaks = ['\n', ';', '|', '•', '·', '›', '»', '、', '／', '，', '｜', '،', '؛', '●', '⋅', '∙', '/', ','];
    private static readonly string[] SoftBreaks = [" – ", " - ", " — ", " -- "];
    private static readonly string[] InnerBy = [" by ", " von ", " par ", " por ", " door ", " av ", " oleh ", " By ", " Von ", " BY "];

    /// <summary>The names in runs of text, each of which may hold several.</summary>
    public static Byline Parse(IEnumerable<string> runs, SiteNames sites, bool strict = false)
    {
        var people = new List<string>();
        var others = new List<string>();
        foreach (var run in runs)
        {
            var text = run;
            TakeBy(ref text);
            ParseNames(text, sites, strict, people, others);
        }

        return people.Count + others.Count == 0 ? Byline.Empty : new(people, others);
    }

    /// <summary>The names of a visible line, behind a "By" at its start or, in a line that dates itself, inside it.</summary>
    public static Byline ParseLine(string line, SiteNames sites)
    {
        var text = line;
        if (!TakeBy(ref text) && !TakeInnerBy(ref text))
            return Byline.Empty;

        var people = new List<string>();
        var others = new List<string>();
        ParseNames(text, sites, strict: true, people, others);
        return people.Count + others.Count == 0 ? Byline.Empty : new(people, others);
    }

    /// <summary>Takes "By", "Von" and the like off; true when there was one.</summary>
    public static bool TakeBy(ref string text)
    {
        var found = false;
        for (var round = 0; round < 2; round++)
        {
            var head = text[..Math.Min(text.Length, LongestBy)];
            var key = TextKey.Of(head);
            if (key.Length != head.Length || BylineWords.By.FirstOrDefault(by => StartsWith(key, by)) is not { } word)
                break;

            found = true;
            text = text[word.Length..].TrimStart(':', ' ', '-', '–', '—', '|', '/', '.', '：', ',', '»', '›');
            if (text.Length == 0)
                break;
        }

        return found;
    }

    private static bool TakeInnerBy(ref string text)
    {
        if (!DateToken.HasDigit(text))
            return false;

        foreach (var by in InnerBy)
        {
            var at = text.IndexOf(by, StringComparison.Ordinal);
            if (at < 0 || at > 60)
                continue;
            text = text[(at + by.Length)..];
            return true;
        }

        return false;
    }

    private static bool StartsWith(string head, string by) =>
        head.StartsWith(by, StringComparison.Ordinal) && (head.Length == by.Length || !char.IsLetterOrDigit(head[by.Length]) || by[^1] > '\u2e80');

    private static void ParseNames(string text, SiteNames sites, bool strict, List<string> people, List<string> others)
    {
        foreach (var piece in text.Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var part in piece.Split(SoftBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                foreach (var name in SplitAnd(part))
                    Sort(name, sites, strict, people, others);
            }
        }
    }

    private static IEnumerable<string> SplitAnd(string part)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var isEdge = i == 0 || i == words.Length - 1;
            if (!BylineWords.And.Contains(TextKey.Of(words[i])) || (char.IsUpper(words[i][0]) && words[i] is not "And" and not "AND" and not "Und"))
                continue;

            // "Ann y Bo" parts names; "Ortega y Gasset" does not: each side of a one-letter word must be a whole name.
            if (!isEdge && words[i].Length == 1 && words[i][0] is not ('&' or '+' or '和' or 'と') && (i - start < 2 || words.Length - i - 1 < 2))
                continue;

            if (i > start)
                yield return string.Join(' ', words[start..i]);
            start = i + 1;
        }

        if (start < words.Length)
            yield return string.Join(' ', words[start..]);
    }

    private static void Sort(string part, SiteNames sites, bool strict, List<string> people, List<string> others)
    {
        var name = PersonName.Clean(part);
        TakeBy(ref name);
        var list = PersonName.KindOf(name, sites, strict) switch
        {
            NameKind.Person => people,
            NameKind.Organisation => others,
            _ => null,
        };
        if (list is not null && list.Count < MaxNames && !list.Exists(n => Repeats(n, name)))
            list.Add(name);
    }

    // The same name again, or its initials as an avatar shows them.
    private static bool Repeats(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase) || IsInitials(one, other) || IsInitials(other, one);

    private static bool IsInitials(string letters, string name)
    {
        if (letters.Length is < 2 or > 3)
            return false;
        var words = name.Split(' ');
        return words.Length == letters.Length && words.Zip(letters).All(p => char.ToUpperInvariant(p.First[0]) == char.ToUpperInvariant(p.Second));
    }
}
