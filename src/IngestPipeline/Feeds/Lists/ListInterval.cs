using System.Globalization;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Spans of time as a feeds file writes them: <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class ListInterval
{
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count > 1_000_000)
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    public static string Write(TimeSpan span) => span.Ticks % TimeSpan.TicksPerDay == 0 ? Number(span.TotalDays) + "d"
        : span.Ticks % TimeSpan.TicksPerHour == 0 ? Number(span.TotalHours) + "h"
        : span.Ticks % TimeSpan.TicksPerMinute == 0 ? Number(span.TotalMinutes) + "m"
        : Number(span.TotalSeconds) + "s";

    private static string Number(double value) => value.ToString("F0", CultureInfo.InvariantCulture);
}
