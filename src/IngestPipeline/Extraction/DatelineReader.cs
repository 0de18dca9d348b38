using System.Buffers;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction;

/// <summary>
/// Reads the agency and the place from an article's text: from the dateline that opens it (<c>WASHINGTON (AP) —</c>, <c>Hamburg (dpa/lno) –</c>,
/// <c>МОСКВА, 3 мая - РИА Новости.</c>), or from a credit in its first or last lines (<c>(AFP)</c>, <c>Source: Reuters</c>).
/// </summary>
public static class DatelineReader
{
    private const int Opening = 140;
    private const int LongestPlace = 60;
    private const int LongestCredit = 70;
    private const int LongestName = 30;
    private const int CreditLines = 3;
    private static readonly SearchValues<char> NoPlace = SearchValues.Create("\"“”„?!;:|");
    private static readonly string[] Dashes = [" - ", " – ", " — ", " -- ", ".- ", " —", " –", "--", "—"];

    /// <summary>Reads a text's dateline or agency credit.</summary>
    /// <param name="text">The article's plain text, lines parted by line breaks.</param>
    /// <returns>What was found; null when there is neither agency nor place.</returns>
    public static Dateline? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
            return null;

        Dateline? placed = null;
        foreach (var line in lines.Take(CreditLines))
        {
            if (OfOpening(line) is { } opening)
            {
                if (opening.Agency is not null)
                    return opening;
                placed ??= opening;
            }
        }

        var agency = lines.Take(CreditLines).Concat(lines.TakeLast(CreditLines)).Select(OfCredit).FirstOrDefault(a => a is not null);
        return agency is null ? placed : new(agency, placed?.Place);
    }

    // "PLACE, day (AGENCY) -", "(AGENCY) - PLACE, day -" and "PLACE —".
    private static Dateline? OfOpening(string line)
    {
        var head = line.Length > Opening ? line[..Opening] : line;
        var open = head.IndexOfAny(['(', '（', '[']);
        if (open >= 0 && head.IndexOfAny([')', '）', ']'], open) is var close and > 0 && AgencyIn(head[(open + 1)..close]) is { } agency)
        {
            var before = head[..open].Trim();
            if (before.Length == 0)
                return new(agency, AllCapitals(UpToDash(head[(close + 1)..].TrimStart(' ', '-', '–', '—'))));
            return Place(before) is { } place ? new(agency, place) : null;
        }

        if (open > 0 && OfUnknownAgency(head, open) is { } unlisted)
            return unlisted;

        var lead = UpToDash(head);
        if (lead is null)
            return null;

        // "МОСКВА, 3 мая - РИА Новости." and "BEIJING, March 14 (Xinhua) --" without its brackets.
        var rest = head[lead.Length..].TrimStart(' ', '-', '–', '—', '.');
        var end = rest.IndexOfAny(['.', ',', ' ', ':']);
        for (; end > 0 && end < 30; end = rest.IndexOfAny(['.', ',', ' ', ':'], end + 1))
        {
            if (rest[end] == '.' && Agencies.Find(rest[..end]) is { } named && Place(lead) is { } place)
                return new(named, place);
        }

        return AllCapitals(lead) is { } capitals ? new(null, capitals) : null;
    }

    // "PORT ALDEN (Northwire) —": in this place and form a name is its agency's, though no table lists it.
    private static Dateline? OfUnknownAgency(string head, int open)
    {
        var close = head.IndexOfAny([')', '）', ']'], open);
        if (close < 0 || AllCapitals(head[..open].Trim()) is not { } place || !StartsWithDash(head.AsSpan(close + 1)))
            return null;
        var name = head[(open + 1)..close].Trim();
        return name.Length is >= 2 and <= LongestName && char.IsUpper(name[0]) && name.All(IsOfName) ? new(name, place) : null;
    }

    private static bool StartsWithDash(ReadOnlySpan<char> text) => text.TrimStart(" .") is ['-' or '–' or '—', ..];

    private static bool IsOfName(char letter) => char.IsLetter(letter) || letter is ' ' or '.' or '&' or '-' or '\'' or '’';

    private static string? UpToDash(string text)
    {
        var first = -1;
        foreach (var dash in Dashes)
        {
            if (text.IndexOf(dash, StringComparison.Ordinal) is var at and > 0 && (first < 0 || at < first))
                first = at;
        }

        return first > 0 ? text[..first].TrimEnd('.') : null;
    }

    // dpa/lno, Reuters Breakingviews, AP Photo: the first part counts.
    private static string? AgencyIn(string inside) =>
        Agencies.Find(inside) ?? inside.Split(['/', ',', ' ', '-'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var first, ..] => Agencies.Find(first),
            _ => null,
        };

    private static string? OfCredit(string line)
    {
        // "… the ministry said. (AFP)"
        var open = line.LastIndexOfAny(['(', '（']);
        if (open > 0 && line.Length - open < 30 && line[^1] is ')' or '）' && Agencies.Find(line[(open + 1)..^1]) is { } ending)
            return ending;
        if (line.Length > LongestCredit)
            return null;

        var credit = line;
        if (credit.LastIndexOfAny([':', '：', '©']) is var colon and >= 0 && colon < credit.Length - 1)
            credit = credit[(colon + 1)..];
        return Agencies.Find(credit)
            ?? (line.Length < 40 ? AgencyIn(credit.Trim(' ', '(', ')', '—', '–', '-')) is { } found && line.Split(' ').Length <= 3 ? found : null : null);
    }

    private static string? Place(string before)
    {
        var hits = DateScanner.Find(before);
        var end = hits.Count > 0 ? hits[0].Start : FirstDigit(before);
        var place = before[..end].TrimEnd(' ', ',', '.', '-', '–', '—', '(', ';');

        // The month of a day that has no year: "AMMAN, Dec 2".
        if (place.LastIndexOf(' ') is var space and > 0 && end < before.Length && DateTables.Month(TextKey.Of(place.AsSpan(space + 1).TrimEnd('.')), null) > 0)
            place = place[..space].TrimEnd(' ', ',');
        return IsPlace(place) ? place : null;
    }

    private static int FirstDigit(string text)
    {
        var at = 0;
        while (at < text.Length && !char.IsDigit(text[at]))
            at++;
        return at;
    }

    private static string? AllCapitals(string? lead)
    {
        if (lead is null || Place(lead) is not { } place)
            return null;

        // Without an agency only a place in capitals is told from a sentence's beginning; a country may follow it: "KYIV, Ukraine".
        var first = place.Split(',')[0];
        return first.Length >= 4 && first.Any(char.IsLetter) && !first.Any(char.IsLower) && Agencies.Find(first) is null && first.Count(c => c == ' ') <= 2
            ? place
            : null;
    }

    private static bool IsPlace(string place)
    {
        if (place.Length is < 2 or > LongestPlace || place.Count(c => c == ' ') > 6 || place.AsSpan().ContainsAny(NoPlace))
            return false;

        foreach (var word in place.Split([' ', '/', ',', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsLower(word[0]) && word.Length > 4)
                return false;
        }

        return !char.IsLower(place[0]) && char.IsLetter(place[0]);
    }
}
