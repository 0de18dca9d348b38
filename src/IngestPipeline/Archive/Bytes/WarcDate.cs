using System.Globalization;

namespace IngestPipeline.Archive.Bytes;

/// <summary>WARC-Date: the W3C profile of ISO 8601, in UTC, with up to nine fractional digits in WARC/1.1.</summary>
internal static class WarcDate
{
    private static readonly string[] Forms =
    [
        // The first is what nearly every archive has; its Z as a letter is read without asking a culture's collation.
        "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM", "yyyy",
        "yyyyMMddHHmmss",
    ];

    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 40)
            return null;

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

    /// <summary>With a fraction only where there is one, so that whole seconds read as in WARC/1.0.</summary>
    public static string Format(DateTimeOffset date) =>
        date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
