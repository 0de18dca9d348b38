using System.Globalization;
using System.Net.Http.Headers;

namespace IngestPipeline.Fetching;

/// <summary>Reads header fields raw: the typed properties throw at or drop what servers misspell.</summary>
internal static class ResponseFields
{
    private static readonly TimeSpan Unreadable = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostWait = TimeSpan.FromHours(24);

    private static readonly string[] Dates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy",
        "ddd MMM  d HH:mm:ss yyyy",
        "ddd, dd MMM yyyy HH:mm:ss 'UTC'", "ddd, dd MMM yyyy HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:ssK",
    ];

    /// <summary>A field's value, several joined by a comma; null where there is none.</summary>
    public static string? First(HttpHeadersNonValidated headers, string name) => headers.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>
    /// Retry-After (RFC 9110 section 10.2.3) as a time from when the answer came: seconds or a date, at most a day; ten minutes where it cannot be
    /// read, as that says at least that the server is in trouble. Null where there is none.
    /// </summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset answered)
    {
        if (First(response.Headers.NonValidated, "Retry-After") is not { } text)
            return null;
        text = text.Trim();
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < MostWait.TotalSeconds
                ? TimeSpan.FromSeconds(seconds)
                : MostWait;
        if (Date(text) is not { } date)
            return Unreadable;
        var wait = date - answered;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < MostWait ? wait : MostWait;
    }

    /// <summary>max-age of Cache-Control; null where there is none that can be read.</summary>
    public static TimeSpan? MaxAge(HttpResponseMessage response)
    {
        foreach (var part in (First(response.Headers.NonValidated, "Cache-Control") ?? "").Split(','))
        {
            var (name, value) =
                part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (part[..at].Trim(), part[(at + 1)..].Trim().Trim('"')) : (part.Trim(), "");
            if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return TimeSpan.FromSeconds(seconds);
        }

        return null;
    }

    /// <summary>Expires; a value that is no date means the past (RFC 9111 section 5.3). Null where there is none.</summary>
    public static DateTimeOffset? Expires(HttpResponseMessage response) =>
        First(response.Content.Headers.NonValidated, "Expires") is { } text ? Date(text.Trim()) ?? DateTimeOffset.MinValue : null;

    /// <summary>A date in the forms of RFC 9110 section 5.6.7, and two that servers send besides.</summary>
    public static DateTimeOffset? Date(string text) =>
        text.Length <= 60
            && DateTimeOffset.TryParseExact(
                text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;
}
