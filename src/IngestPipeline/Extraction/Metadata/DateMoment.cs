namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// The moment of a date that a page shows its readers as a day, or as a clock without a zone: machines are told it, on the same day. What is shown settles the
/// day; what machines are told settles the time and the zone.
/// </summary>
internal static class DateMoment
{
    // What tells machines a time has a name of its own.
    private const int Told = 600;

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
            return date;

        var told = candidates.FirstOrDefault(c => c.Role == role && c.Trust >= Told && IsMoment(c.Date) && c.Date.Day == date.Date.Day && !IsVisible(c));
        if (told is null)
            return date;
        return ZoneOf(told.Date, date.Date) is { } zone ? date with { Date = date.Date with { Offset = zone }, Swapped = null } : told;
    }

    // Midnight in UTC is a day that was written as a moment.
    private static bool IsMoment(ArticleDate date) =>
        date is { Time: { } time, Offset: { } offset } && !(time == TimeOnly.MinValue && offset == TimeSpan.Zero);

    /// <summary>The zone in which a moment in UTC is the shown one; null where it is in none, or where machines are told another clock than UTC.</summary>
    private static TimeSpan? ZoneOf(ArticleDate utc, ArticleDate shown)
    {
        if (shown.Time is not { } time || utc.Offset != TimeSpan.Zero)
            return null;

        var apart = time.ToTimeSpan() - utc.Time!.Value.ToTimeSpan();
        var zone = TimeSpan.FromMinutes(15 * Math.Round(apart.TotalMinutes / 15));
        var isZone = zone.TotalHours is >= MostBehind and <= MostAhead && (zone.Minutes == 0 || Array.IndexOf(Odd, (int)zone.TotalMinutes) >= 0);
        return isZone && Math.Abs((apart - zone).TotalMinutes) <= 1 ? zone : null;
    }

    private static bool IsVisible(DateCandidate date) => date.Source.StartsWith("visible", StringComparison.Ordinal);
}
