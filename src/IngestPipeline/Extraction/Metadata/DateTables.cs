using System.Globalization;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The words of dates: months of many languages, words between a date's parts, time zones.</summary>
internal static class DateTables
{
    // By word; a month of one language alone stands before those of any.
    private static readonly Dictionary<string, List<(string? Language, int Month)>> Months = ReadMonths();

    private static readonly HashSet<string> FirstsOfPairs =
        [.. Months.Keys.Where(k => k.Contains('_', StringComparison.Ordinal)).Select(k => k[..k.IndexOf('_', StringComparison.Ordinal)])];

    private static readonly HashSet<string> Fillers =
        [.. DataTable.Words("date-words.table.txt").Where(w => w.Kind == "filler").Select(w => TextKey.Of(w.Word))];

    private static readonly HashSet<string> Weekdays =
        [.. DataTable.Words("date-words.table.txt").Where(w => w.Kind == "weekday").Select(w => TextKey.Of(w.Word))];

    private static readonly Dictionary<string, TimeSpan> Zones = DataTable.Words("date-words.table.txt").Where(w => w.Kind == "zone")
        .Select(w => w.Word.Split('='))
        .ToDictionary(w => TextKey.Of(w[0]), w => TimeSpan.FromMinutes(int.Parse(w[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal);

    // The parts of the day by which clocks of twelve hours are read; true for those behind noon.
    private static readonly Dictionary<string, bool> Halves = DataTable.Words("date-words.table.txt").Where(w => w.Kind is "forenoon" or "afternoon")
        .ToDictionary(w => string.Join('.', w.Word.Split('.').Select(p => TextKey.Of(p))), w => w.Kind == "afternoon", StringComparer.Ordinal);

    /// <summary>The month that a word names, 1 to 12; 0 for none.</summary>
    /// <param name="key">The word's <see cref="TextKey"/>.</param>
    /// <param name="language">The page's language, which settles words that are different months in two languages.</param>
    public static int Month(string key, string? language)
    {
        if (!Months.TryGetValue(InPersianLetters(key), out var months))
            return 0;

        foreach (var (own, month) in months)
        {
            if (own is null || own == language)
                return month;
        }

        return 0;
    }

    /// <summary>The month that two words name together, 1 to 12; 0 for none.</summary>
    /// <param name="first">The first word's <see cref="TextKey"/>.</param>
    /// <param name="second">The second word's.</param>
    /// <param name="language">The page's language.</param>
    public static int Month(string first, string second, string? language) =>
        FirstsOfPairs.Contains(InPersianLetters(first)) ? Month(first + "_" + second, language) : 0;

    public static bool IsFiller(string key) => Fillers.Contains(key) || Weekdays.Contains(key);

    /// <summary>True for a word that belongs to dates and is no name: a weekday, a zone, "o'clock", "published".</summary>
    public static bool IsDateWord(string key) => Weekdays.Contains(key) || Zones.ContainsKey(key) || key is "uhr" or "min" or "hrs" || DateLabels.IsLabel(key);

    /// <summary>The offset that a zone's abbreviation stands for; null when it is none.</summary>
    /// <param name="key">The abbreviation's <see cref="TextKey"/>.</param>
    /// <param name="day">The day, for those that say neither winter nor summer ("ET"); null where it is not known.</param>
    public static TimeSpan? Zone(string key, DateOnly? day) =>
        Zones.TryGetValue(key, out var offset)
            ? key is ['e' or 'c' or 'm' or 'p', 't'] && day is { } date && IsAmericanSummer(date) ? offset + TimeSpan.FromHours(1) : offset
            : null;

    /// <summary>True for "pm" and the like, false for "am"; null for other words.</summary>
    /// <param name="key">The word's <see cref="TextKey"/>; two letters with a dot between them as one.</param>
    public static bool? Half(string key) => Halves.TryGetValue(key, out var isAfternoon) ? isAfternoon : null;

    // From the second Sunday of March to the first of November; before 2007 from the first of April to the last of October.
    private static bool IsAmericanSummer(DateOnly day) =>
        day.Year >= 2007
            ? day >= Sunday(new(day.Year, 3, 8)) && day < Sunday(new(day.Year, 11, 1))
            : day >= Sunday(new(day.Year, 4, 1)) && day < Sunday(new(day.Year, 10, 25));

    private static DateOnly Sunday(DateOnly from) => from.AddDays((7 - (int)from.DayOfWeek) % 7);

    // Persian dates are often typed with the Arabic letters.
    private static string InPersianLetters(string key) => key.AsSpan().ContainsAny('ي', 'ك') ? key.Replace('ي', 'ی').Replace('ك', 'ک') : key;

    private static Dictionary<string, List<(string? Language, int Month)>> ReadMonths()
    {
        // The lines that begin with "!" hold for their language alone; of two months of a word, the one that stands first counts.
        var months = new Dictionary<string, List<(string? Language, int Month)>>(StringComparer.Ordinal);
        foreach (var parts in DataTable.Lines("months.table.txt").Select(l => l.Split('|', StringSplitOptions.TrimEntries)).OrderBy(p => !p[0].StartsWith('!')))
        {
            var language = parts[0].StartsWith('!') ? parts[0][1..] : null;
            for (var month = 1; month <= 12; month++)
            {
                foreach (var word in parts[month].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => w != "-"))
                {
                    var key = InPersianLetters(TextKey.Of(word));
                    if (!months.TryGetValue(key, out var known))
                        months[key] = known = [];
                    known.Add((language, month));
                }
            }
        }

        return months;
    }
}
