using System.Buffers;
using System.Globalization;

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
    private const int MinLabel = 8;

    // "MacArthur" is a name.
    private const int LongestPrefix = 3;
    private static readonly SearchValues<char> Never = SearchValues.Create("©®™→…?!=+:：„“”\"@。！？");

    private static readonly char[] Edges = [' ', ',', '.', ':', '-', '–', '—', '|', '*', '"', '“', '”', '„', '•', '(', ')', '_', '：', '/', '»', '«', '›', '‹', '>', '+', '#', '~', '=', '[', ']', '【', '】', '★', '☆'];

    /// <summary>
    /// Takes off what is no part of a name: brackets, e-mail addresses, places ("in Berlin"), roles and agencies behind it, marks at its ends.
    /// </summary>
    public static string Clean(string part)
    {
        var name = part.Trim();
        var bracket = name.IndexOfAny(['(', '[', '（', '【', '<']);
        if (bracket > 0 && !IsInnerName(name, bracket))
            name = name[..bracket].Contains('@', StringComparison.Ordinal) ? name[(bracket + 1)..].TrimEnd(')', ']', '>') : name[..bracket];

        var words = NameAffixes.Unglued(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var end = 0;
        while (end < words.Length && !IsEnd(words, end))
        {
            if (end++ > 0 && GlueIn(words[end - 1], end < words.Length && BylineWords.IsRole(TextKey.Words(words[^1]))) is var glue and > 0)
            {
                words[end - 1] = words[end - 1][..glue];
                break;
            }
        }

        // "Ann Larsen December 8": a day without its year.
        if (end >= 3 && end < words.Length && char.IsAsciiDigit(words[end][0]) && DateTables.Month(TextKey.Of(words[end - 1]), null) > 0)
            end--;

        end = WithoutTail(words, end);
        return string.Join(' ', words[NameAffixes.TitlesIn(words, end)..end]).Trim(Edges) + (EndsInPoint(words, end) ? "." : "");
    }

    // "Ann LarsenJournal News", "Ann LarsenCity Reporter": the markup between a name and its outlet or office was lost. Zero where nothing is glued.
    private static int GlueIn(string word, bool endsInRole)
    {
        var at = endsInRole ? LongestPrefix + 1 : 2;
        while (at < word.Length - 2 && !(char.IsUpper(word[at]) && char.IsLower(word[at - 1])))
            at++;
        return at < word.Length - 2 && (endsInRole || BylineWords.IsOrganisation(TextKey.Of(word.AsSpan(at)))) ? at : 0;
    }

    // A name before marriage stands in brackets inside the name: "Ann (Berg) Larsen".
    private static bool IsInnerName(string name, int bracket) =>
        name.IndexOf(')', bracket) is var close and > 0 && close < name.Length - 2 && char.IsUpper(name[bracket + 1])
        && (!name.AsSpan(bracket, close - bracket).Contains(' ') || IsInnerNames(name, bracket, close));

    // Middle names behind the first: "Bo (Erik Anders) Berg".
    private static bool IsInnerNames(string name, int bracket, int close) =>
        name.AsSpan(0, bracket).Trim().IndexOf(' ') < 0 && char.IsUpper(name[close + 2]) && name[(bracket + 1)..close].Split(' ') is { Length: <= 3 } words
        && Array.TrueForAll(words, w => w.Length > 1 && char.IsUpper(w[0]) && !BylineWords.IsRole(TextKey.Of(w)) && !BylineWords.IsOrganisation(TextKey.Of(w)));

    /// <summary>What a cleaned part is.</summary>
    /// <param name="name">The part.</param>
    /// <param name="sites">The page's own names.</param>
    /// <param name="strict">True where names are not expected to stand alone: then a person has two capitalised words or more.</param>
    public static NameKind KindOf(string name, SiteNames sites, bool strict = false)
    {
        if (name.Length is < 2 or > MaxLength
            || !name.Any(char.IsLetter)
            || name.AsSpan().ContainsAny(Never)
            || name.Contains("://", StringComparison.Ordinal)
            || name.Contains("www.", StringComparison.OrdinalIgnoreCase))
            return NameKind.None;

        // "‘The Long Tide’ Returns", "& Nets", "■ Notes"
        if ((name[0] == '‘' && name.Contains('’', StringComparison.Ordinal))
            || name[0] is '&'
            || char.GetUnicodeCategory(name[0]) is UnicodeCategory.OtherSymbol)
            return NameKind.None;

        var key = TextKey.Words(name);
        var words = name.Split(' ');
        if (words.Length > MaxWords
            || BylineWords.IsStop(key)
            || NameAffixes.IsPhrase(name)
            || NameAffixes.IsNoName(name)
            || (DateToken.HasDigit(name) && (strict || words.Length > 1 || char.IsDigit(name[0]))))
            return NameKind.None;

        var keys = key.Split(' ');
        var isOwner = words.Length is 2 or 3 && sites.IsOwner(name);
        if ((sites.Contains(name) && !isOwner)
            || Agencies.Find(name) is not null
            || keys.Any(k => BylineWords.IsOrganisation(k) || BylineWords.IsInstitute(k))
            || NameAffixes.IsOrganisation(name)
            || words is ["The", _, ..]
            || IsDomain(name)
            || name.Contains(" & ", StringComparison.Ordinal))
            return NameKind.Organisation;
        // "Sat Mar" of a day without its year.
        if (keys.Length == 2 && keys.Any(DateTables.IsDateWord) && keys.All(k => DateTables.IsDateWord(k) || DateTables.Month(k, null) > 0))
            return NameKind.None;
        if ((keys.Any(BylineWords.IsRole) && !IsSurnamed(keys, words))
            || (keys.Length == 1 && ((DateTables.Month(key, null) > 0 && key.Length > 3) || DateTables.IsDateWord(key))))
            return NameKind.None;
        if (words.Length > 1 && !isOwner && sites.Resembles(name))
            return NameKind.Organisation;
        return IsWritten(words, strict) ? NameKind.Person : NameKind.None;
    }

    // "Ann Read": behind a first name, which is no role, the word is a surname.
    private static bool IsSurnamed(string[] keys, string[] words) =>
        keys is [var first, var last]
            && words.Length == 2
            && BylineWords.IsSurname(last)
            && !BylineWords.IsRole(first)
            && char.IsUpper(words[0][0])
            && char.IsUpper(words[1][0]);

    // Names are capitalised but for particles; scripts without case cannot tell.
    private static bool IsWritten(string[] words, bool strict)
    {
        var capitals = 0;
        foreach (var word in words)
        {
            if (HasCapital(word))
                capitals++;
            else if ((strict || words.Length > 1) && !IsSmallPart(word))
                return false;
        }

        if (!strict)
            return words.Length == 1 || capitals > 0;
        return capitals >= 2 && HasCapital(words[^1]) || (words.Length == 1 && words[0].Length >= 2 && words[0][0] > '\u2e80');
    }

    // "d’Aubigny", "al-Sayed"
    private static bool HasCapital(string word) =>
        !char.IsLower(word[0]) || (word.AsSpan().IndexOfAny("'’-") is var joint and > 0 and <= 3 && joint + 1 < word.Length && char.IsUpper(word[joint + 1]));

    private static bool IsSmallPart(string word) =>
        TextKey.IsIn(BylineWords.Particles, word)
            || word.Contains('\'', StringComparison.Ordinal)
            || word.Contains('’', StringComparison.Ordinal)
            || word.StartsWith("al-", StringComparison.Ordinal);

    private static bool IsDomain(string name) =>
        !name.Contains(' ', StringComparison.Ordinal) && name.IndexOf('.', StringComparison.Ordinal) is var dot and > 2 && dot < name.Length - 2;

    private static bool IsEnd(string[] words, int i)
    {
        var word = words[i];
        if (word.Contains('@', StringComparison.Ordinal)
            || (i >= 2 && i + 1 < words.Length && word.Equals("special", StringComparison.OrdinalIgnoreCase) && words[i + 1].ToLowerInvariant() is "to" or "for"))
            return true;

        // "Ann Larsen 12 Comments"
        if (i >= 2 && word.All(char.IsAsciiDigit))
            return true;

        // "Institute for Fish and Nets"; but "Harbour Post Staff for the Example".
        if (i >= 1 && word is "for" or "für" or "pour" or "para" && BylineWords.IsInstitute(TextKey.Of(words[i - 1])))
            return false;

        // "Ann Larsen in Berlin", "Ann Larsen for the Example".
        return i >= 1
            && word is "in" or "for" or "für" or "at" or "aus" or "from" or "à" or "is" or "on" or "pour" or "para" or "bei" or "ist" or "op" or "em" or "For"
                or "In" or "via" or "/" or "am" or "um" or "@";
    }

    // "Ann Larsen Staff Writer", "Ann Larsen The Associated Press", "김하나 기자".
    private static int WithoutTail(string[] words, int end)
    {
        for (var length = Math.Min(Agencies.MaxWords, end - 2); length >= 1; length--)
        {
            if (Agencies.Find(string.Join(' ', words[(end - length)..end])) is not null)
            {
                end -= length;

                // "The Harbour Post with AFP"
                if (TextKey.IsIn(BylineWords.And, words[end - 1]))
                    end--;
                break;
            }
        }

        while ((end >= 2 && BylineWords.IsRole(TextKey.Words(words[end - 1])) && (end >= 3 || words[0][0] > '\u2e80'))
            || (end >= 2 && IsDateLabel(words[end - 1], end))
            || (end >= 2 && words[end - 1] is "le" or "el" or "il" or "den"))
            end--;
        return end;
    }

    // "Ann Larsen On", "Ann Larsen Veröffentlicht": the date that stood behind is gone. Behind one word only what is hardly a surname.
    private static bool IsDateLabel(string word, int end) =>
        end >= 3 ? word.ToLowerInvariant() is "on" or "am" || DateLabels.RoleOf(word) is DateRole.Published or DateRole.Modified or DateRole.Dated
            : word.Length >= MinLabel && DateLabels.RoleOf(word) is (DateRole.Published or DateRole.Modified);

    private static bool EndsInPoint(string[] words, int end) =>
        end > 1 && (words[end - 1] is "Jr." or "Sr." || (words[end - 1] is { Length: 2 } last && last[1] == '.' && char.IsUpper(last[0])));
}
