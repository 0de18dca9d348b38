using System.Globalization;

namespace IngestPipeline.Archive.Bytes;

/// <summary>WARC-Date: the W3C profile of ISO 8601, in UTC, with up to nine fractional digits in WARC/1.1.</summary>
internal static class WarcDate
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM", "yyyy", "yyyyMMddHHmmss",
    ];

    /// <summary>A date in UTC; null for what is none. No capture is of the calendar's last year, behind which no day can be told.</summary>
    public static DateTimeOffset? Parse(string? text) => Read(text) is { } date && CanBe(date) ? date : null;

    /// <summary>True for a date that has days around it.</summary>
    public static bool CanBe(DateTimeOffset date) => date.UtcDateTime.Year < 9999;

    private static DateTimeOffset? Read(string? text)
    {
        if (text is null || text.Length > 40)
            return null;

        if (TryUsual(text, out var usual))
            return usual;

        // The framework reads seven fractional digits; the standard allows nine.
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - dot > 8)
                text = string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
        }

        return DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;
    }

    // What nearly every archive has, with up to seven fractional digits, without asking for one form after another: yyyy-MM-ddTHH:mm:ss[.F]Z.
    private static bool TryUsual(string text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length is not (20 or (>= 22 and <= 28)) || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || text[^1] != 'Z')
            return false;
        var fraction = text.AsSpan(19)[..^1];
        if (fraction.Length > 0 && fraction[0] != '.')
            return false;
        var (year, month, day) = (Number(text.AsSpan(0, 4)), Number(text.AsSpan(5, 2)), Number(text.AsSpan(8, 2)));
        var (hour, minute, second) = (Number(text.AsSpan(11, 2)), Number(text.AsSpan(14, 2)), Number(text.AsSpan(17, 2)));
        var ticks = fraction.Length == 0 ? 0 : Number(fraction[1..]);
        for (var digits = fraction.Length; digits is > 0 and < 8; digits++)
            ticks *= 10;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59
            || second is < 0 or > 59 || ticks < 0)
            return false;
        date = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(ticks);
        return true;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
                return -1;
            number = number * 10 + digit - '0';
        }

        return number;
    }

    /// <summary>With a fraction only where there is one, so that whole seconds read as in WARC/1.0.</summary>
    public static string Format(DateTimeOffset date) =>
        date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
