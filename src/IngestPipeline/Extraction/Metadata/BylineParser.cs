using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Takes names out of a byline: <c>By Ann Larsen and Bo Berg, Staff Writers</c>.</summary>
internal static class BylineParser
{
    private const int MaxNames = 40;
    private static readonly char[] HardBreaks = ['\n', ';', '|', '•', '·', '/', '›', '»', '、', '／', '，', '｜', '،', '؛'];

    /// <summary>The names in runs of text, each of which may hold several.</summary>
    public static Byline Parse(IEnumerable<string> runs, SiteNames sites, bool wantsBy = false)
    {
        var people = new List<string>();
        var others = new List<string>();
        var sawBy = !wantsBy;
        foreach (var run in runs)
        {
            var text = run;
            if (TakeBy(ref text))
                sawBy = true;
            if (!sawBy)
                continue;

            foreach (var part in Parts(text))
                Sort(part, sites, people, others);
        }

        return people.Count + others.Count == 0 ? Byline.Empty : new(people, others);
    }

    /// <summary>Takes "By", "Von" and the like off; true when there was one.</summary>
    public static bool TakeBy(ref string text)
    {
        var found = false;
        for (var round = 0; round < 2; round++)
        {
            var head = TextKey.Of(text.AsSpan(0, Math.Min(text.Length, 40)));
            if (head.Length != Math.Min(text.Length, 40) || BylineWords.By.FirstOrDefault(by => StartsWith(head, by)) is not { } word)
                break;

            found = true;
            text = text[word.Length..].TrimStart(':', ' ', '-', '–', '—', '|', '/', '.', '：');
            if (text.Length == 0)
                break;
        }

        return found;
    }

    private static bool StartsWith(string head, string by) =>
        head.StartsWith(by, StringComparison.Ordinal) && (head.Length == by.Length || !char.IsLetterOrDigit(head[by.Length]) || by[^1] > '\u2e80');

    private static IEnumerable<string> Parts(string text)
    {
        foreach (var piece in text.Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            foreach (var part in piece.Split([", ", " ,", " – ", " - ", " — ", " -- "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                foreach (var name in SplitAnd(part))
                    yield return name;
            }
        }
    }

    private static IEnumerable<string> SplitAnd(string part)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = 0;
        for (var i = 1; i < words.Length - 1; i++)
        {
            if (!BylineWords.And.Contains(TextKey.Of(words[i])) || char.IsUpper(words[i][0]))
                continue;

            // "Ann y Bo" parts names; "Ortega y Gasset" does not: each side of a one-letter word must be a whole name.
            if (words[i].Length == 1 && words[i][0] is not ('&' or '+' or '和' or 'と') && (i - start < 2 || words.Length - i - 1 < 2))
                continue;

            yield return string.Join(' ', words[start..i]);
            start = i + 1;
        }

        yield return string.Join(' ', words[start..]);
    }

    private static void Sort(string part, SiteNames sites, List<string> people, List<string> others)
    {
        var name = PersonName.Clean(part);
        TakeBy(ref name);
        var kind = PersonName.KindOf(name, sites);
        var list = kind switch
        {
            NameKind.Person => people,
            NameKind.Organisation => others,
            _ => null,
        };
        if (list is not null && list.Count < MaxNames && !list.Contains(name, StringComparer.OrdinalIgnoreCase))
            list.Add(name);
    }
}
