namespace IngestPipeline.Feeds.Dates;

/// <summary>
/// Reads dates as feeds write them: RFC 822 and 5322, RFC 3339 and the W3C's profile of ISO 8601, asctime, and what people type.
/// A date without a zone is taken as UTC. Linear in its input, never throws, needs no clock and no culture.
/// </summary>
internal static class FeedDate
{
    // The longest real form has some 60 characters; more is not a date.
    private const int Longest = 120;

    /// <summary>The instant; null when the text is not a date.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null || text.Length > 4 * Longest)
            return null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 4 or > Longest)
            return null;
        return IsoDate.Parse(trimmed) ?? new WrittenDate().Parse(trimmed);
    }

    /// <summary>The instant of date and time parts, at an offset in minutes; null when there is no such day or time.</summary>
    internal static DateTimeOffset? Compose(int year, int month, int day, int hour, int minute, int second, long ticks, int offset)
    {
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        // 24:00 is the next day's start, and a leap second belongs to the next minute.
        if (hour > 24 || hour == 24 && (minute > 0 || second > 0) || minute > 59 || second > 60 || Math.Abs(offset) > 24 * 60)
            return null;
        var local = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            .AddHours(hour).AddMinutes(minute).AddSeconds(second).AddTicks(ticks);
        return local.Ticks < TimeSpan.TicksPerDay * 2 ? null : new DateTimeOffset(local.AddMinutes(-offset), TimeSpan.Zero);
    }
}
