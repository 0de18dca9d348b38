namespace IngestPipeline.Feeds.Formats;

/// <summary>The hours and days in which a feed asks to be left alone (https://www.rssboard.org/skip-hours-days), as bits.</summary>
internal static class SkippedHours
{
    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>The bit of an hour; 24 is midnight, as RSS 0.91 counted; 0 for what is no hour.</summary>
    public static int Hour(string text) => RssFields.Number(text.Trim()) is { } hour and >= 0 and <= 24 ? 1 << (hour % 24) : 0;

    /// <summary>The bit of a weekday; 0 for what is none.</summary>
    public static int Day(string text) => Array.IndexOf(Days, text.Trim().ToLowerInvariant()) is var day and >= 0 ? 1 << day : 0;
}
