namespace IngestPipeline.Extraction.Metadata;

/// <summary>Settles conflicts between a page's dates.</summary>
internal static class DateChoice
{
    // Below this a date stands far from the headline or in another thing's place.
    private const int Sure = 200;

    // From here on a date outweighs a day of change that the page names.
    public const int Firm = 300;

    // From here on a date that is called the day of publication is the article's, wherever it stands.
    private const int Labelled = 400;

    // From here on a visible date stands right below the headline.
    private const int Near = 550;

    public static Sourced<ArticleDate>? Published(IReadOnlyList<DateCandidate> candidates)
    {
        var best = candidates.FirstOrDefault(c => c.Role != DateRole.Modified && c.Trust >= Firm) ?? candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= Near)
            ?? candidates.FirstOrDefault(c => c.Role != DateRole.Modified && c.Trust >= Sure) ?? candidates.FirstOrDefault(c => c.Trust >= Sure)
            ?? candidates.FirstOrDefault(c => c.Role != DateRole.Modified) ?? (candidates.Count > 0 ? candidates[0] : null);
        if (best is null)
            return null;

        best = InPagesZone(AsOthersRead(NotLater(best, candidates), candidates), candidates);
        return new(best.Date, best.Source);
    }

    public static Sourced<ArticleDate>? Modified(IReadOnlyList<DateCandidate> candidates, ArticleDate? published)
    {
        var best = candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= 300 && (published is not { } first || c.Date.Day >= first.Day));
        return best is null ? null : new(best.Date, best.Source);
    }

    // A date that does not say what it is gives way to an earlier one that calls itself the day of publication.
    private static DateCandidate NotLater(DateCandidate best, IReadOnlyList<DateCandidate> candidates) =>
        best.Role != DateRole.Unnamed ? best : candidates.FirstOrDefault(c => c.Role == DateRole.Published && c.Trust >= Labelled && c.Source.StartsWith("visible", StringComparison.Ordinal) && c.Date.Day < best.Date.Day) ?? best;

    // 03/04/2026 is read as another date of the page is that can be read in one way only.
    private static DateCandidate AsOthersRead(DateCandidate best, IReadOnlyList<DateCandidate> candidates)
    {
        if (best.Swapped is not { } swapped || candidates.Any(c => c.Swapped is null && c.Date.Day == best.Date.Day))
            return best;
        return candidates.Any(c => c.Swapped is null && c.Date.Day == swapped.Day) ? best with { Date = swapped, Swapped = null } : best;
    }

    // A time in UTC may fall on the day before or after the one that the page shows its readers; the page's own day counts.
    private static DateCandidate InPagesZone(DateCandidate best, IReadOnlyList<DateCandidate> candidates)
    {
        if (best.Date is not { Time: { } time, Offset: { } offset } || offset != TimeSpan.Zero)
            return best;

        if (candidates.Any(c => c.Date.Day == best.Date.Day && IsShown(c)))
            return best;

        // The same moment shown on another clock, whole quarters of an hour away, tells the page's zone wherever it stands.
        if (candidates.FirstOrDefault(c => IsSameMoment(best.Date, c)) is { } same)
            return best with { Date = same.Date, Source = same.Source };

        foreach (var shown in candidates)
        {
            var days = shown.Date.Day.DayNumber - best.Date.Day.DayNumber;
            var isNextDoor = days == 1 ? time.Hour >= 10 : days == -1 && time.Hour < 12;
            if (isNextDoor && IsShown(shown))
                return shown;
        }

        return best;
    }

    private static bool IsSameMoment(ArticleDate utc, DateCandidate shown)
    {
        if (shown.Trust < 0 || shown.Role == DateRole.Modified || !shown.Source.StartsWith("visible", StringComparison.Ordinal) || shown.Date is not { Time: { } time, Offset: null } || shown.Date.Day == utc.Day)
            return false;

        var apart = shown.Date.Day.ToDateTime(time) - utc.Day.ToDateTime(utc.Time!.Value);
        return Math.Abs(apart.TotalHours) <= 14 && Math.Abs(apart.TotalMinutes - (15 * Math.Round(apart.TotalMinutes / 15))) <= 1;
    }

    private static bool IsShown(DateCandidate date) => date.Trust >= Near && date.Role != DateRole.Modified && date.Source.StartsWith("visible", StringComparison.Ordinal);
}
