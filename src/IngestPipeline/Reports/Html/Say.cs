using System.Globalization;

namespace IngestPipeline.Reports.Html;

/// <summary>How the report words figures, times and counts.</summary>
internal static class Say
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>A share from 0 to 1 as a percentage: whole, with one decimal below ten and above 99; only nothing is 0 %, only all is 100 %.</summary>
    public static string Share(double share) => share switch
    {
        double.NaN => "–",
        > 0 and < 0.0005 => "< 0.1 %",
        > 0.99 and < 1 => Percent(Math.Floor(share * 1000) / 10, "0.0"),
        > 0 and < 0.0995 => Percent(share * 100, "0.0"),
        _ => Percent(share * 100, "0"),
    };

    public static string Share(long part, long whole) => whole == 0 ? "–" : Share((double)part / whole);

    /// <summary>A UTC day in words: "Saturday, 14 March 2026".</summary>
    public static string Day(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", Plain, DateTimeStyles.None, out var date) ? date.ToString("dddd, d MMMM yyyy", Plain) : "Undated";

    /// <summary>A UTC day in short: "14 Mar 2026".</summary>
    public static string ShortDay(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", Plain, DateTimeStyles.None, out var date) ? date.ToString("d MMM yyyy", Plain) : "undated";

    public static string Time(DateTimeOffset? time) => time is { } t ? t.UtcDateTime.ToString("d MMM yyyy, HH:mm", Plain) + " UTC" : "undated";

    public static string Clock(DateTimeOffset? time) => time is { } t ? t.UtcDateTime.ToString("HH:mm:ss", Plain) : "–";

    public static string Count(long n, string one, string many) => n.ToString("#,0", Plain) + " " + (n == 1 ? one : many);

    /// <summary>A duration in its largest two units: "3 h 20 min", "45 s".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => time.TotalMilliseconds.ToString("0", Plain) + " ms",
        { TotalSeconds: < 120 } => time.TotalSeconds.ToString("0", Plain) + " s",
        { TotalHours: < 2 } => time.TotalMinutes.ToString("0", Plain) + " min",
        { TotalDays: < 2 } => $"{((int)time.TotalHours).ToString(Plain)} h{(time.Minutes == 0 ? "" : $" {time.Minutes.ToString(Plain)} min")}",
        _ => time.TotalDays.ToString("0", Plain) + " days",
    };

    public static string Cut(string text, int length)
    {
        text = text.ReplaceLineEndings(" ");
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end].TrimEnd() + "…";
    }

    private static string Percent(double value, string format) => value.ToString(format, Plain) + " %";
}
