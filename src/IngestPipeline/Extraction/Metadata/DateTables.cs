using System.Globalization;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The words of dates: months of many languages, words between a date's parts, time zones.</summary>
internal static class DateTables
{
    private static readonly Dictionary<string, int> Months = ReadMonths(ofLanguage: false);
    private static readonly Dictionary<string, int> MonthsOfLanguage = ReadMonths(ofLanguage: true);

    private static readonly HashSet<string> Fillers =
        [.. DataTable.Words("date-words.table.txt").Where(w => w.Kind == "filler").Select(w => TextKey.Of(w.Word))];

    private static readonly HashSet<string> Weekdays =
        [.. DataTable.Words("date-words.table.txt").Where(w => w.Kind == "weekday").Select(w => TextKey.Of(w.Word))];

    private static readonly Dictionary<string, TimeSpan> Zones = DataTable.Words("date-words.table.txt").Where(w => w.Kind == "zone")
        .Select(w => w.Word.Split('='))
        .ToDictionary(w => TextKey.Of(w[0]), w => TimeSpan.FromMinutes(int.Parse(w[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    /// <summary>The month that a word names, 1 to 12; 0 for none.</summary>
    /// <param name="key">The word's <see cref="TextKey"/>.</param>
    /// <param name="language">The page's language, which settles words that are different months in two languages.</param>
    public static int Month(string key, string? language)
    {
        // Persian dates are often typed with the Arabic letters.
        if (key.AsSpan().ContainsAny('ي', 'ك'))
            key = key.Replace('ي', 'ی').Replace('ك', 'ک');
        if (language is not null && MonthsOfLanguage.TryGetValue(language + ":" + key, out var month))
            return month;
        return Months.GetValueOrDefault(key);
    }

    public static bool IsFiller(string key) => Fillers.Contains(key) || Weekdays.Contains(key);

    /// <summary>True for a word that belongs to dates and is no name: a weekday, a zone, "o'clock", "published".</summary>
    public static bool IsDateWord(string key) => Weekdays.Contains(key) || Zones.ContainsKey(key) || key is "uhr" or "min" or "hrs" || DateLabels.IsLabel(key);

    /// <summary>The offset that a zone's abbreviation stands for; null when it is none.</summary>
    public static TimeSpan? Zone(string key) => Zones.TryGetValue(key, out var offset) ? offset : null;

    private static Dictionary<string, int> ReadMonths(bool ofLanguage)
    {
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in DataTable.Lines("months.table.txt"))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            if (parts[0].StartsWith('!') != ofLanguage)
                continue;

            for (var month = 1; month <= 12; month++)
            {
                foreach (var word in parts[month].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w != "-"))
                    months.TryAdd((ofLanguage ? parts[0][1..] + ":" : "") + TextKey.Of(word).Replace('ي', 'ی').Replace('ك', 'ک'), month);
            }
        }

        return months;
    }
}
