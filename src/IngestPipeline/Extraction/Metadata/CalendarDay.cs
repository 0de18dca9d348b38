using System.Globalization;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Makes a day of a year, a month and a day that were written by the Gregorian or another calendar.</summary>
internal static class CalendarDay
{
    private const int MinYear = 1900;
    private const int MaxYear = 2100;
    private static readonly PersianCalendar Persian = new();

    /// <summary>The day; false where there is none such. Years around 1400 are Solar Hijri ones, years around 2560 Buddhist ones.</summary>
    public static bool TryRead(int year, int month, int day, out DateOnly value)
    {
        value = default;
        if (month is < 1 or > 12 || day is < 1 or > 31)
            return false;

        if (year is >= 1370 and <= 1430 && day <= Persian.GetDaysInMonth(year, month))
        {
            // Solar Hijri, as Iranian and Afghan papers write it.
            value = DateOnly.FromDateTime(Persian.ToDateTime(year, month, day, 0, 0, 0, 0));
            return true;
        }

        if (year is >= 2530 and <= 2643)
            year -= 543; // Buddhist era, as Thai papers write it.
        if (year is < MinYear or > MaxYear || day > DateTime.DaysInMonth(year, month))
            return false;

        value = new(year, month, day);
        return true;
    }

    /// <summary>The year before the first of the era that a word ends in (Reiwa, Heisei, Shōwa, the Republic of China); 0 where it names none.</summary>
    public static int EraOf(string word) => word switch
    {
        [.., '令', '和'] => 2018,
        [.., '平', '成'] => 1988,
        [.., '昭', '和'] => 1925,
        [.., '民', '國' or '国'] => 1911,
        _ => 0,
    };
}
