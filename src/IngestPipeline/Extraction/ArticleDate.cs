using System.Globalization;

namespace IngestPipeline.Extraction;

/// <summary>A date as an article states it: a day, or a time with the page's own offset where the page gives one.</summary>
/// <param name="Day">The calendar day in the page's own time zone.</param>
/// <param name="Time">The time of day, null when only the day is known.</param>
/// <param name="Offset">The page's own offset from UTC, null when it gives none.</param>
public readonly record struct ArticleDate(DateOnly Day, TimeOnly? Time = null, TimeSpan? Offset = null)
{
    /// <summary>The instant, taking UTC where the page gives no offset and midnight where it gives no time.</summary>
    public DateTimeOffset Instant => new(new DateTime(Day, Time ?? TimeOnly.MinValue, DateTimeKind.Utc) - (Offset ?? TimeSpan.Zero), TimeSpan.Zero);

    /// <summary>ISO 8601: <c>2026-03-14</c>, <c>2026-03-14T09:30:00</c> or <c>2026-03-14T09:30:00+01:00</c>.</summary>
    public override string ToString()
    {
        var day = Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Time is not { } time)
            return day;

        var text = day + "T" + time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        if (Offset is not { } offset)
            return text;

        return offset == TimeSpan.Zero
            ? text + "Z"
            : text + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }
}
