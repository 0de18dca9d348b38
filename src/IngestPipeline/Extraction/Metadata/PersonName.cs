namespace IngestPipeline.Extraction.Metadata;

/// <summary>What a part of a byline is.</summary>
internal enum NameKind
{
    None,
    Person,
    Organisation,
}

/// <summary>Tells people's names from outlets, roles and noise, and cleans them.</summary>
internal static class PersonName
{
    private const int MaxWords = 7;
    private const int MaxLength = 60;

    /// <summary>Takes off what is no part of a name: brackets, e-mail addresses, handles, places ("in Berlin"), trailing marks.</summary>
    public static string Clean(string part)
    {
        var name = part.Trim();
        var bracket = name.IndexOfAny(['(', '[', '（', '【', '<']);
        if (bracket > 0)
            name = name[..bracket];

        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var end = 0;
        while (end < words.Length && !IsEnd(words, end))
            end++;
        return string.Join(' ', words[..end]).Trim(' ', ',', '.', ':', '-', '–', '—', '|', '*', '"', '“', '”', '„', '•', '(', ')', '_', '：') + (EndsInInitial(words, end) ? "." : "");
    }

    /// <summary>What a cleaned part is.</summary>
    public static NameKind KindOf(string name, SiteNames sites)
    {
        if (name.Length is < 2 or > MaxLength || !name.Any(char.IsLetter) || name.Contains("://", StringComparison.Ordinal) || name.Contains("www.", StringComparison.OrdinalIgnoreCase))
            return NameKind.None;

        var words = TextKey.Words(name).Split(' ');
        if (words.Length > MaxWords || BylineWords.IsStop(TextKey.Words(name)) || DateToken.HasDigit(name) && words.Length > 3)
            return NameKind.None;
        if (sites.Contains(name) || words.Any(BylineWords.IsOrganisation) || name.Contains('.', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) > 2)
            return NameKind.Organisation;
        if (words.Any(BylineWords.IsRole))
            return NameKind.None;
        return words.Length > 2 && words.Length == name.Split(' ').Count(w => char.IsLower(w[0])) ? NameKind.None : NameKind.Person;
    }

    private static bool IsEnd(string[] words, int i)
    {
        var word = words[i];
        if (word.Contains('@', StringComparison.Ordinal) && (i > 0 || word.IndexOf('@', StringComparison.Ordinal) > 0))
            return true;

        // "Ann Larsen in Berlin", "Ann Larsen for the Example".
        return i >= 1 && word is "in" or "for" or "für" or "at" or "aus" or "from" or "à" or "is" or "on" or "pour" or "para" or "bei" or "i" or "ist";
    }

    private static bool EndsInInitial(string[] words, int end) =>
        end > 1 && words[end - 1] is { Length: 2 } last && last[1] == '.' && char.IsUpper(last[0]);
}
