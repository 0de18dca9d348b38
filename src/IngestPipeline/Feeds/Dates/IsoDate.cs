namespace IngestPipeline.Feeds.Dates;

/// <summary>
/// Dates that start with a year: RFC 3339, the W3C's profile of ISO 8601 (https://www.w3.org/TR/NOTE-datetime), ordinal and compact forms
/// (ISO 8601 §5.2), a space for the T, and missing digits.
/// </summary>
internal static class IsoDate
{
    /// <summary>The instant; null when the text is not of this family.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiDigit(text[0]))
            return null;
        if (text.Length is 12 or 14 && text.IndexOfAnyExceptInRange('0', '9') < 0)
            return Compact(text);
        var scan = new DateScan(text);
        if (!ReadDay(ref scan, out var year, out var month, out var day))
            return null;
        if (scan.AtEnd)
            return FeedDate.Compose(year, month, day, 0, 0, 0, 0, 0);

        var separated = scan.Take('T') || scan.Take('t');
        if (!separated && !char.IsWhiteSpace(scan.Next))
            return scan.Offset() is { } dayOffset && scan.AtEnd ? FeedDate.Compose(year, month, day, 0, 0, 0, 0, dayOffset) : null;
        scan.SkipSpace();
        if (!char.IsAsciiDigit(scan.Next) || !ReadTime(ref scan, out var hour, out var minute, out var second, out var ticks))
            return null;
        scan.SkipSpace();
        var offset = scan.AtEnd ? 0 : scan.Offset() ?? Named(ref scan);
        scan.SkipSpace();
        // "+00:00Z" and "Z+0000" occur.
        if (offset is not null && !scan.AtEnd && !separated)
            return null;
        return offset is { } minutes ? FeedDate.Compose(year, month, day, hour, minute, second, ticks, minutes) : null;
    }

    /// <summary>Date and time in one number, 20260203071500 or without seconds.</summary>
    private static DateTimeOffset? Compact(ReadOnlySpan<char> digits)
    {
        var day = new DateScan(digits[..8]).Number(out _);
        var time = new DateScan(digits[8..]).Number(out var length) * (length == 4 ? 100 : 1);
        return FeedDate.Compose(day / 10000, day / 100 % 100, day % 100, time / 10000, time / 100 % 100, time % 100, 0, 0);
    }

    private static bool ReadDay(ref DateScan scan, out int year, out int month, out int day)
    {
        (month, day) = (1, 1);
        year = scan.Number(out var length);
        if (length == 8)
            (year, month, day) = (year / 10000, year / 100 % 100, year % 100);
        else if (length == 7)
            return Ordinal(year / 1000, year % 1000, out year, out month, out day);
        else if (length == 6)
            (year, month, day) = (Century(year / 10000), year / 100 % 100, year % 100);
        if (length is 6 or 7 or 8)
            return true;
        if (length is not (4 or 2))
            return false;
        if (length == 2)
            year = Century(year);
        if (!scan.Take('-'))
            return length == 4;
        month = scan.Number(out var monthLength);
        if (monthLength == 3)
            return Ordinal(year, month, out year, out month, out day);
        // "31-12-03" is not of this family: nobody writes a two-digit year first and a day above 12 second.
        if (monthLength is not (1 or 2) || length == 2 && month > 12)
            return false;
        if (!scan.Take('-'))
            return length == 4;
        day = scan.Number(out var dayLength);
        return dayLength is 1 or 2;
    }

    private static bool Ordinal(int ofYear, int dayOfYear, out int year, out int month, out int day)
    {
        (year, month, day) = (ofYear, 1, 1);
        if (ofYear is < 1 or > 9998 || dayOfYear is < 1 or > 366)
            return false;
        var date = new DateTime(ofYear, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(dayOfYear - 1);
        (year, month, day) = (date.Year, date.Month, date.Day);
        return true;
    }

    private static bool ReadTime(ref DateScan scan, out int hour, out int minute, out int second, out long ticks)
    {
        (minute, second, ticks) = (0, 0, 0);
        hour = scan.Number(out var length);
        if (length is 4 or 6)
        {
            second = length == 6 ? hour % 100 : 0;
            hour = length == 6 ? hour / 100 : hour;
            (hour, minute) = (hour / 100, hour % 100);
        }
        else if (length > 2)
            return false;
        if (scan.Take(':'))
        {
            minute = scan.Number(out length);
            if (length is 0 or > 2)
                return false;
            if (scan.Take(':'))
            {
                second = scan.Number(out length);
                if (length is 0 or > 2)
                    return false;
            }
        }
        if (scan.Take('.') || scan.Take(',') || scan.Take(':'))
            ticks = scan.Fraction();
        return true;
    }

    private static int? Named(ref DateScan scan)
    {
        var length = 0;
        while (length < scan.Rest.Length && (char.IsAsciiLetter(scan.Rest[length]) || scan.Rest[length] == '/'))
            length++;
        var zone = DateTables.Zone(scan.Rest[..length]);
        scan.Skip(length);
        return zone is not null && scan.Offset() is { } more ? zone + more : zone;
    }

    /// <summary>The year of two digits (RFC 2822 §4.3).</summary>
    internal static int Century(int year) => year < 50 ? 2000 + year : 1900 + year;
}
