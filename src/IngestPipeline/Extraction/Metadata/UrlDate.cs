using System.Buffers;
using System.Globalization;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the day that an address carries: <c>/2026/03/14/</c>, <c>-2026-03-14</c>, <c>/20260314/</c>, <c>/2026/mar/14/</c>.</summary>
internal static class UrlDate
{
    private const int MaxSection = 20;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static ArticleDate? Read(Uri url)
    {
        var path = url.IsAbsoluteUri ? url.AbsolutePath : url.OriginalString;
        for (var i = 0; i + 8 <= path.Length && i < 500; i++)
        {
            if ((i == 0 || !char.IsAsciiDigit(path[i - 1])) && (path[i] is '1' or '2') && ReadAt(path.AsSpan(i)) is { } day)
                return new ArticleDate(day);
        }

        return null;
    }

    private static DateOnly? ReadAt(ReadOnlySpan<char> text)
    {
        if (!TryNumber(text, 4, out var year) || year is < 1994 or > 2100)
            return null;

        if (TryNumber(text, 8, out var whole) && (text.Length == 8 || !char.IsAsciiDigit(text[8])))
            return Day(year, whole / 100 % 100, whole % 100);

        var separator = text[4];
        if (separator is not ('/' or '-' or '_' or '.'))
            return null;

        var rest = text[5..];
        var at = rest.IndexOf(separator);
        if (at is < 1 or > MaxSection)
            return null;

        // "/2026/harbour/03/14/": the section between.
        if (separator == '/' && !rest[..at].ContainsAnyExcept(Letters) && DateTables.Month(TextKey.Of(rest[..at]), "en") == 0 && rest.Length > at + 6 && rest[at + 3] == '/' && rest[at + 6] == '/')
            return TryNumber(rest[(at + 1)..], 2, out var inner) && TryNumber(rest[(at + 4)..], 2, out var last) ? Day(year, inner, last) : null;

        var month = TryNumber(rest, at, out var number) && at <= 2 ? number : DateTables.Month(TextKey.Of(rest[..at]), "en");
        rest = rest[(at + 1)..];
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        return digits is 1 or 2 && TryNumber(rest, digits, out var day) ? Day(year, month, day) : null;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        return digits <= text.Length && int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static DateOnly? Day(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
