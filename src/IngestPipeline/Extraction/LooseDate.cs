using System.Globalization;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction;

/// <summary>Reads a date in whatever form it was written: ISO 8601, RFC 822, seconds since 1970, or a date in words of some forty languages.</summary>
public static class LooseDate
{
    /// <summary>Longest text that is looked at.</summary>
    public const int MaxLength = 300;

    /// <summary>Reads the first date of a text. Never throws; a day without a year is no date.</summary>
    /// <param name="text">The text, such as <c>Published: 14 mars 2026, 9h30</c>.</param>
    /// <param name="date">The date; the default when there is none.</param>
    /// <returns>True when the text holds a date.</returns>
    public static bool TryParse(string? text, out ArticleDate date) => TryParse(text, null, out date);

    /// <summary>As the other form, with the text's language for dates such as 03/04/2026.</summary>
    /// <param name="text">The text.</param>
    /// <param name="locale">A BCP 47 tag such as <c>en-US</c>; null when unknown. Only English without a region, and regions of the United States, put the
    /// month first.</param>
    /// <param name="date">The date; the default when there is none.</param>
    /// <returns>True when the text holds a date.</returns>
    public static bool TryParse(string? text, string? locale, out ArticleDate date)
    {
        var found = TryRead(text, locale, out var hit);
        date = hit.Date;
        return found;
    }

    /// <summary>As <c>TryParse</c>, with the other reading of a doubtful date.</summary>
    internal static bool TryRead(string? text, string? locale, out DateHit hit)
    {
        hit = default;
        var span = text.AsSpan().Trim();
        if (span.Length > MaxLength)
            span = span[..MaxLength];
        if (TryEpoch(span, out var instant))
        {
            hit = new(instant, null, 0, span.Length);
            return true;
        }

        var hits = DateScanner.Find(span, locale);
        if (hits.Count == 0)
            return false;

        hit = hits[0];
        return true;
    }

    // Seconds or milliseconds since 1970, within 1990 to 2100.
    private static bool TryEpoch(ReadOnlySpan<char> text, out ArticleDate date)
    {
        date = default;
        if (text.Length is not (9 or 10 or 12 or 13) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        var seconds = text.Length >= 12 ? number / 1000 : number;
        if (seconds is < 631_152_000 or > 4_102_444_800)
            return false;

        var instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
        date = new(DateOnly.FromDateTime(instant.DateTime), TimeOnly.FromDateTime(instant.DateTime), TimeSpan.Zero);
        return true;
    }
}
