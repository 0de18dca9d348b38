namespace IngestPipeline.Extraction.Metadata;

/// <summary>Takes names out of a byline: <c>By Ann Larsen and Bo Berg, Staff Writers</c>.</summary>
internal static class BylineParser
{
    private const int MaxNames = 40;
    private const int LongestLabel = 24;
    private const int LongestRun = 120;
    private const char DateBreak = '\u241e';
    private static readonly char[] HardBreaks = [DateBreak, '\n', ';', '|', '•', '·', '›', '»', '、', '／', '，', '｜', '،', '؛', '●', '⋅', '∙', '/', ','];
    private static readonly string[] SoftBreaks = [" – ", " - ", " — ", " -- "];
    private static readonly string[] InnerBy = [" by ", " von ", " par ", " por ", " door ", " av ", " oleh ", " By ", " Von ", " BY ", ":von "];

    /// <summary>The names in runs of text, each of which may hold several.</summary>
    public static Byline Parse(IEnumerable<string> runs, SiteNames sites, bool strict = false)
    {
        var people = new List<string>();
        var others = new List<string>();
        foreach (var run in runs)
        {
            // A sentence about the author: what follows is no byline any more.
            if (run.Length > LongestRun)
                break;

            var text = WithoutDates(run);
            var ends = CutEnd(ref text);
            TakeBy(ref text);
            ParseNames(text, sites, strict, people, others);
            if (ends)
                break;
        }

        // Beside an outlet, two or three capitals are the mark that a desk signs with.
        if (others.Count > 0 && people is [var mark] && BylineNames.IsDeskMark(mark))
            people.Clear();
        return people.Count + others.Count == 0 ? Byline.Empty : new(people, others);
    }

    /// <summary>The names of a visible line, behind a "By" at its start or, in a line that dates itself, inside it.</summary>
    public static Byline ParseLine(string line, SiteNames sites)
    {
        var text = line;
        if (!TakeBy(ref text) && !TakeInnerBy(ref text))
            return Byline.Empty;

        CutEnd(ref text);
        var parts = WithoutDates(text).Split(DateBreak);
        var people = new List<string>();
        var others = new List<string>();

        // Behind the date stand the sections and tags.
        foreach (var part in parts)
        {
            if (people.Count + others.Count == 0)
                ParseNames(part, sites, strict: true, people, others);
        }

        // One word is a name where a date follows it; a login, where the line says that somebody submitted it.
        if (parts.Length > 1 && people.Count + others.Count == 0 && parts[0].Split(HardBreaks, 2)[0] is { Length: > 2 and < 30 } first && (char.IsUpper(first[0]) || BylineWords.Submitted.Match(line) > 0))
            Sort(first, sites, strict: false, people, others);
        return people.Count + others.Count == 0 ? Byline.Empty : new(people, others);
    }

    /// <summary>True for a line that is nothing but "Author", "By" and the like, which names the next line.</summary>
    public static bool IsLabel(string line)
    {
        var text = line;
        return line.Length is > 1 and < 30 && (BylineWords.Labels.Contains(TextKey.Of(line.AsSpan().TrimEnd(": "))) || (TakeBy(ref text) && text.Length == 0));
    }

    /// <summary>The person whose name is all that a line holds beside a date; null when it holds anything else.</summary>
    public static string? LoneName(string line, SiteNames sites)
    {
        var parts = WithoutDates(line).Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length is 0 or > 3)
            return null;

        var name = PersonName.Clean(parts[0]);
        return name.Count(c => c == ' ') is 1 or 2 && name.Length == parts[0].Trim(' ', ',', '-').Length && PersonName.KindOf(name, sites, strict: true) == NameKind.Person
            && !BylineWords.IsStop(TextKey.Words(parts[0])) ? name : null;
    }

    // Dates become breaks, so that a name may stand right before or behind one.
    private static string WithoutDates(string text)
    {
        var hits = DateScanner.Find(text);
        for (var i = hits.Count - 1; i >= 0; i--)
            text = text[..hits[i].Start] + DateBreak + text[hits[i].End..];
        return text;
    }

    /// <summary>Takes "By", "Von" and the like off; true when there was one.</summary>
    public static bool TakeBy(ref string text)
    {
        var found = false;
        if (text.AsSpan(0, Math.Min(text.Length, LongestLabel)).IndexOfAny(':', '：') is var colon and > 0 && BylineWords.Labels.Contains(TextKey.Of(text.AsSpan(0, colon).Trim())))
        {
            text = text[(colon + 1)..].TrimStart();
            found = true;
        }

        for (var round = 0; round < 2 && text.Length > 0; round++)
        {
            var length = BylineWords.By.Match(text);
            if (length == 0)
                break;

            found = true;
            text = text[length..].TrimStart(':', ' ', '-', '–', '—', '|', '/', '.', '：', ',', '»', '›');
        }

        return found;
    }

    private static bool CutEnd(ref string text)
    {
        var key = TextKey.Of(text);
        if (key.Length != text.Length)
            return false;

        foreach (var end in BylineWords.Ends)
        {
            var at = key.IndexOf(end, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsLetterOrDigit(key[at - 1])) || (at + end.Length < key.Length && char.IsLetterOrDigit(key[at + end.Length])))
                continue;
            text = text[..at];
            return true;
        }

        return false;
    }

    private static bool TakeInnerBy(ref string text)
    {
        if (!DateToken.HasDigit(text))
            return false;

        foreach (var by in InnerBy)
        {
            var at = text.IndexOf(by, StringComparison.Ordinal);
            if (at is < 0 or > 60 || (DateLabels.RoleOf(text.AsSpan(0, at)) is not (DateRole.Published or DateRole.Modified or DateRole.Dated) && DateScanner.Find(text.AsSpan(0, at)).Count == 0))
                continue;
            text = text[(at + by.Length)..];
            return true;
        }

        return false;
    }

    private static void ParseNames(string text, SiteNames sites, bool strict, List<string> people, List<string> others)
    {
        foreach (var piece in BylineNames.WithoutBrackets(text).Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var part in piece.Split(SoftBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var names = SplitAnd(part).ToList();
                if (names.Count > 1 && names.TrueForAll(n => PersonName.KindOf(PersonName.Clean(n), sites, strict) != NameKind.Person))
                    names = [part]; // "Staff and wire reports"
                foreach (var name in names)
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
        if (people.Count > 0 && BylineNames.IsLogin(name))
            return;
        var list = PersonName.KindOf(name, sites, strict) switch
        {
            NameKind.Person => people,
            NameKind.Organisation => others,
            _ => null,
        };
        if (list is not null && list.Count < MaxNames && !list.Exists(n => BylineNames.Repeats(n, name)))
            list.Add(name);
    }
}
