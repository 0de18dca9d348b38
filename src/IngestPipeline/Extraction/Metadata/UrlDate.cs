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

        // "/2026/harbour/03/14/", "/2026/harbour/3/4/name": the section between.
        if (separator == '/' && !rest[..at].ContainsAnyExcept(Letters) && DateTables.Month(TextKey.Of(rest[..at]), "en") == 0)
            return TakeNumber(rest[(at + 1)..], out var inner, out var behind)
                && TakeNumber(behind, out var last, out var name)
                && (rest.Length - at - name.Length == 7 || name.ContainsAny(Letters))
                ? Day(year, inner, last)
                : null;

        var month = TryNumber(rest, at, out var number) && at <= 2 ? number : DateTables.Month(TextKey.Of(rest[..at]), "en");
        rest = rest[(at + 1)..];
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        return digits is 1 or 2 && TryNumber(rest, digits, out var day) ? Day(year, month, day) : null;
    }

    // One or two digits before a slash.
    private static bool TakeNumber(ReadOnlySpan<char> text, out int number, out ReadOnlySpan<char> behind)
    {
        var slash = text.IndexOf('/');
        behind = slash < 0 ? default : text[(slash + 1)..];
        number = 0;
        return slash is 1 or 2 && TryNumber(text, slash, out number);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        return digits <= text.Length && int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static DateOnly? Day(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
