namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// The moment of a date that a page shows its readers as a day, or as a clock without a zone: machines are told it, on the same day. What is shown settles the
/// day; what machines are told settles the time and the zone.
/// </summary>
internal static class DateMoment
{
    // What tells machines a time has a name of its own.
    private const int Told = 600;

    // From here on a date is called the day of publication by the page, if not by its article.
    private const int Labelled = 400;

    // Clocks are set from UTC-11 to UTC+14 where people live; twelve hours apart is a clock without its "pm".
    private const int MostBehind = -11;
    private const int MostAhead = 14;

    // The zones that are not whole hours from UTC, in minutes (tz database): any other is two moments that differ by chance.
    private static readonly int[] Odd = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765];

    /// <summary>The date with the moment that machines are told of its day; the date itself where they are told none.</summary>
    /// <param name="date">The date that was chosen.</param>
    /// <param name="role">What it says of the article.</param>
    /// <param name="candidates">The page's dates.</param>
    public static DateCandidate Of(DateCandidate date, DateRole role, IReadOnlyList<DateCandidate> candidates)
    {
        if (date.Date is { Time: not null, Offset: not null })
            return InShownZone(date, role, candidates);

        var told = candidates.FirstOrDefault(c => c.Role == role && c.Trust >= Told && IsMoment(c.Date) && c.Date.Day == date.Date.Day && !IsVisible(c));
        if (date.Date.Time is null)
            return told ?? ClockOf(date, role, candidates) ?? date;
        if (told is not null && told.Date.Offset != TimeSpan.Zero)
            return told;

        // The same moment on another clock, or the same clock with its zone, wherever the page has it.
        var zone = told is null ? null : ZoneOf(told.Date, date.Date);
        zone ??= candidates.Where(c => IsCalled(c, role)).Select(c => c.Date.Day == date.Date.Day ? ZoneOf(c.Date, date.Date) : null).FirstOrDefault(z => z is not null);
        zone ??= candidates.FirstOrDefault(c => c.Date.Offset is not null && IsSameMinute(c.Date, date.Date))?.Date.Offset;
        return zone is not null ? date with { Date = date.Date with { Offset = zone }, Swapped = null } : told ?? date;
    }

    // A moment in UTC whose clock in another zone stands beside the headline is the page's in that zone.
    private static DateCandidate InShownZone(DateCandidate date, DateRole role, IReadOnlyList<DateCandidate> candidates)
    {
        if (!IsMoment(date.Date) || date.Date.Offset != TimeSpan.Zero)
            return date;

        var zone = candidates.Where(c => IsVisible(c) && c.Trust >= DateChoice.Near && c.Date.Day == date.Date.Day && IsCalled(c, role))
            .Select(c => ZoneOf(date.Date, c.Date) is { } apart && (c.Date.Offset ?? apart) == apart ? apart : TimeSpan.Zero)
            .FirstOrDefault(z => z != TimeSpan.Zero);
        return zone == TimeSpan.Zero ? date : date with { Date = date.Date with { Time = date.Date.Time!.Value.Add(zone), Offset = zone } };
    }

    // What a weaker place tells machines of that day; else the clock beside the headline.
    private static DateCandidate? ClockOf(DateCandidate day, DateRole role, IReadOnlyList<DateCandidate> candidates)
    {
        var sameDay = candidates.Where(c => c.Date.Day == day.Date.Day && IsClock(c.Date) && IsCalled(c, role)).ToArray();
        return Array.Find(sameDay, c => c.Role == role && c.Trust >= Labelled && c.Date.Offset is not null)
            ?? Array.Find(sameDay, c => c.Source == "visible:time" && c.Trust >= DateChoice.Firm && c.Date.Offset is not null)
            ?? Array.Find(sameDay, c => IsVisible(c) && c.Trust >= DateChoice.Near);
    }

    private static bool IsCalled(DateCandidate date, DateRole role) => (date.Role == DateRole.Modified) == (role == DateRole.Modified);

    private static bool IsSameMinute(ArticleDate one, ArticleDate other) =>
        one.Day == other.Day && IsClock(one) && other.Time is { } time && one.Time!.Value.Hour == time.Hour && one.Time.Value.Minute == time.Minute;

    // Midnight in UTC is a day that was written as a moment.
    private static bool IsMoment(ArticleDate date) => date.Offset == TimeSpan.Zero ? IsClock(date) : date is { Time: not null, Offset: not null };

    private static bool IsClock(ArticleDate date) => date.Time is { } time && time != TimeOnly.MinValue;

    /// <summary>The zone in which a moment in UTC is the shown one; null where it is in none, or where machines are told another clock than UTC.</summary>
    private static TimeSpan? ZoneOf(ArticleDate utc, ArticleDate shown)
    {
        if (shown.Time is not { } time || !IsMoment(utc) || utc.Offset != TimeSpan.Zero)
            return null;

        var apart = time.ToTimeSpan() - utc.Time!.Value.ToTimeSpan();
        var zone = TimeSpan.FromMinutes(15 * Math.Round(apart.TotalMinutes / 15));
        var isZone = zone.TotalHours is >= MostBehind and <= MostAhead && (zone.Minutes == 0 || Array.IndexOf(Odd, (int)zone.TotalMinutes) >= 0);
        return isZone && Math.Abs((apart - zone).TotalMinutes) <= 1 ? zone : null;
    }

    private static bool IsVisible(DateCandidate date) => date.Source.StartsWith("visible", StringComparison.Ordinal);
}
