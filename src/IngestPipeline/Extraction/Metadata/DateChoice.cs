namespace IngestPipeline.Extraction.Metadata;

/// <summary>Settles conflicts between a page's dates.</summary>
internal static class DateChoice
{
    // Below this a date stands far from the headline or in another thing's place.
    public const int Sure = 200;

    // From here on a date outweighs a day of change that the page names.
    public const int Firm = 300;

    // From here on a date that is called the day of publication is the article's, wherever it stands.
    private const int Labelled = 400;

    // From here on a visible date stands right below the headline.
    public const int Near = 550;

    // From here on it stands right there, and what machines are told has a name of its own.
    private const int Told = 600;

    // An address is hardly written so many days before its article.
    private const int Moved = 300;

    private const int MaxZone = 14;

    public static Sourced<ArticleDate>? Published(IReadOnlyList<DateCandidate> candidates)
    {
        var best = candidates.FirstOrDefault(c => c.Role != DateRole.Modified && c.Trust >= Firm)
            ?? candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= Near)
            ?? candidates.FirstOrDefault(c => c.Role != DateRole.Modified && c.Trust >= Sure) ?? candidates.FirstOrDefault(c => c.Trust >= Sure)
            ?? candidates.FirstOrDefault(c => c.Role != DateRole.Modified) ?? (candidates.Count > 0 ? candidates[0] : null);
        if (best is null)
            return null;

        best = NotMoved(NotChange(AsShown(NotLater(best, candidates), candidates), candidates), candidates);
        best = DateMoment.Of(InPagesZone(AsOthersRead(best, candidates), candidates), DateRole.Published, candidates);
        return new(best.Date, best.Source);
    }

    public static Sourced<ArticleDate>? Modified(IReadOnlyList<DateCandidate> candidates, ArticleDate? published)
    {
        var best = candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= 300 && (published is not { } first || c.Date.Day >= first.Day));
        if (best is null)
            return null;

        best = DateMoment.Of(best, DateRole.Modified, candidates);
        return new(best.Date, best.Source);
    }

    // A date that does not say what it is gives way to an earlier one that calls itself the day of publication; far from the headline, to a later one, too.
    private static DateCandidate NotLater(DateCandidate best, IReadOnlyList<DateCandidate> candidates) =>
        best.Role is not (DateRole.Unnamed or DateRole.Dated)
            ? best
            : candidates.FirstOrDefault(c => c.Trust >= Labelled && IsVisible(c) && (c.Role == DateRole.Published ? c.Date.Day < best.Date.Day || best.Trust < Near : c.Role == DateRole.Dated && best.Trust < Near))
                ?? best;

    // Where the headline has one day below it and machines are told another that is shown nowhere, readers are right: templates forget the one, and migrations
    // lose the other.
    private static DateCandidate AsShown(DateCandidate best, IReadOnlyList<DateCandidate> candidates)
    {
        if (best.Role == DateRole.Modified || IsVisible(best))
            return best;

        // The text of elements, not what they tell machines.
        var shown = candidates.Where(c => c.Trust >= Near && c.Source is "visible:date" or "visible:line").ToArray();
        return shown.Length > 0 && shown[0] is { Trust: >= Told } first && Math.Abs(first.Date.Day.DayNumber - best.Date.Day.DayNumber) > 1
            && Array.TrueForAll(shown, c => c.Date.Day == first.Date.Day && c.Role != DateRole.Modified)
            && !candidates.Any(c => IsVisible(c) && c.Trust >= Firm && c.Date.Day == best.Date.Day)
            ? first
            : best;
    }

    // A day that is called published and changed gives way to an earlier one that the page shows and tells machines, or tells machines where it shows the other
    // as that of change only.
    private static DateCandidate NotChange(DateCandidate best, IReadOnlyList<DateCandidate> candidates)
    {
        if (best.Role == DateRole.Modified)
            return best;

        var earlier = candidates.Where(c => c.Trust >= (IsVisible(c) ? Near : Told) && c.Date.Day < best.Date.Day && c.Role != DateRole.Modified).ToArray();
        var told = earlier.Where(c => c.Role == DateRole.Published && !IsVisible(c)).ToArray();
        if (candidates.Any(c => c.Role == DateRole.Modified && c.Trust >= Labelled && c.Date.Day == best.Date.Day)
            && earlier.FirstOrDefault(c => IsVisible(c) && Array.Exists(told, t => t.Date.Day == c.Date.Day)) is { } shown)
            return shown;

        var isChange =
            !IsVisible(best) && best.Date.Time is not null && candidates.Any(c => c.Role == DateRole.Modified && !IsVisible(c) && c.Date == best.Date)
            && candidates.Any(c => c.Role == DateRole.Modified && IsVisible(c) && c.Date.Day == best.Date.Day)
            && !candidates.Any(c => c.Role != DateRole.Modified && IsVisible(c) && c.Trust >= Near && c.Date.Day == best.Date.Day);
        if (isChange && told.Length > 0)
            return told[0];

        // A vague name's day cannot be later than the shown day of change.
        return best.Trust < Told && !IsVisible(best)
            ? candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= Told && IsVisible(c) && c.Date.Day < best.Date.Day) ?? best
            : best;
    }

    // A site that was moved tells machines the day of the move; the address keeps the day of publication.
    private static DateCandidate NotMoved(DateCandidate best, IReadOnlyList<DateCandidate> candidates) =>
        IsVisible(best) || candidates.Any(c => IsVisible(c) && c.Trust >= Near && c.Date.Day == best.Date.Day)
            ? best
            : candidates.FirstOrDefault(c => c.Source == "url" && best.Date.Day.DayNumber - c.Date.Day.DayNumber > Moved) ?? best;

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
        if (candidates.FirstOrDefault(c => ZoneOf(best.Date, c) is not null) is { } same)
            return best with { Date = same.Date with { Offset = ZoneOf(best.Date, same) }, Source = same.Source };

        // So does another moment of the page, if it is whole hours away.
        foreach (var other in candidates.Where(c => c.Trust >= Firm && c.Date is { Time: not null, Offset: { } zero } && zero == TimeSpan.Zero))
        {
            if (candidates.Select(c => ZoneOf(other.Date, c)).FirstOrDefault(z => z is { Minutes: 0 }) is { } zone)
            {
                var there = best.Date.Day.ToDateTime(time) + zone;
                return best with { Date = new(DateOnly.FromDateTime(there), TimeOnly.FromDateTime(there), zone) };
            }
        }

        foreach (var shown in candidates)
        {
            var days = shown.Date.Day.DayNumber - best.Date.Day.DayNumber;
            var isNextDoor = days == 1 ? time.Hour >= 10 : days == -1 && time.Hour < 12;
            if (isNextDoor
                && IsShown(shown)
                && (shown.Date.Time is not { } clock || Math.Abs((shown.Date.Day.ToDateTime(clock) - best.Date.Day.ToDateTime(time)).TotalHours) <= MaxZone))
                return shown;
        }

        return best;
    }

    /// <summary>How far the clock of a shown date, on another day, is from a moment in UTC that it may be; null when it cannot be that one.</summary>
    private static TimeSpan? ZoneOf(ArticleDate utc, DateCandidate shown)
    {
        if (shown.Trust < 0
            || shown.Role == DateRole.Modified
            || !IsVisible(shown)
            || shown.Date is not { Time: { } time, Offset: null }
            || shown.Date.Day == utc.Day)
            return null;

        var apart = shown.Date.Day.ToDateTime(time) - utc.Day.ToDateTime(utc.Time!.Value);
        var zone = TimeSpan.FromMinutes(15 * Math.Round(apart.TotalMinutes / 15));
        return Math.Abs(zone.TotalHours) <= MaxZone && Math.Abs((apart - zone).TotalMinutes) <= 1 ? zone : null;
    }

    private static bool IsVisible(DateCandidate date) => date.Source.StartsWith("visible", StringComparison.Ordinal);

    // A time in UTC is what an element tells machines; readers are shown another.
    private static bool IsShown(DateCandidate date) =>
        date.Trust >= Near && date.Role != DateRole.Modified && IsVisible(date) && !(date.Date.Time is not null && date.Date.Offset == TimeSpan.Zero);
}
