using IngestPipeline.Feeds.Polling;
using IngestPipeline.Records;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Data;

/// <summary>Finds what needs a person, the gravest first.</summary>
internal static class ProblemFinder
{
    private const int Enough = 5;

    public static IReadOnlyList<Problem> Find(
        IReadOnlyList<DayFigures> days, IReadOnlyList<SiteFigures> sites, IReadOnlyList<FeedFigures> feeds, IReadOnlyList<ExtractionJump> jumps,
        LiveStatus? status)
    {
        var dated = days.Where(d => d.Name != StoreNames.Undated).ToList();
        var latest = dated.Count > 0 ? dated[^1] : null;
        var found = Feeds(feeds).ToList();
        if (status is { Quarantined: > 0 and var set })
            found.Add(
                new(
                    true, $"{Say.Count(set, "message was", "messages were")} set aside",
                    "'ingest quarantine' says why for each; release them when the cause is mended.", Pages.PageNames.Trends));
        if (latest is not null)
        {
            found.AddRange(Jumps(jumps, latest.Name));
            found.AddRange(Day(dated, latest));
        }

        found.AddRange(Sites(sites));
        return [.. found.OrderByDescending(p => p.IsGrave)];
    }

    private static IEnumerable<Problem> Feeds(IEnumerable<FeedFigures> feeds)
    {
        foreach (var feed in feeds)
        {
            if (feed.State?.HistoryProblem is { } history)
                yield return new(false, $"The feed {feed.Title ?? feed.Url} may have had entries that were never seen", history, "feeds.html");
            if (!feed.IsUnwell)
                continue;

            var state = feed.State!;
            var what = state.Health switch
            {
                FeedHealth.Stopped => "is not polled any more",
                FeedHealth.Dead => $"has failed since {Say.Time(state.FailingSince)}",
                FeedHealth.Silent => $"has had nothing new since {Say.Time(state.LastNew)}",
                _ => $"failed {Say.Count(state.Failures, "time", "times")} in a row",
            };
            yield return new(
                state.Health is FeedHealth.Dead or FeedHealth.Stopped, $"The feed {feed.Title ?? feed.Url} {what}",
                state.Problem ?? "Open the feed's address in a browser.", "feeds.html");
        }
    }

    private static IEnumerable<Problem> Jumps(IEnumerable<ExtractionJump> jumps, string day) =>
        jumps.Where(j => j.Day == day).GroupBy(j => j.Site).Select(g => new Problem(
            true,
            $"{g.Key.Outlet} looks different: {string.Join("; ", g.Select(j => $"{j.What} {j.Before} → {j.After}"))}",
            "Its pages may have a new design. Compare an article of the day with one of before.",
            SitesFile(g.Key)));

    private static IEnumerable<Problem> Day(List<DayFigures> days, DayFigures latest)
    {
        var before = days.SkipLast(1).TakeLast(7).ToList();
        if (before.Count >= 3 && before.Average(d => d.Records) is var usual && latest.Records * 3 < usual && usual >= 3 * Enough)
            yield return new(
                false,
                $"Only {Say.Count(latest.Records, "record", "records")} on the latest day; the days before had {Say.Count((long)usual, "record", "records")} each",
                "The day may not be over; else look at the feeds.", "trends.html");
        if (latest.InFuture > 0)
            yield return new(
                false, $"{Say.Count(latest.InFuture, "record is", "records are")} stated to be later than they were seen",
                "The pages or feeds state such dates; these records carry the time of capture instead.", "trends.html");
    }

    private static IEnumerable<Problem> Sites(IEnumerable<SiteFigures> sites) =>
        sites.Where(s => s.Records >= Enough && s.NoText * 2 > s.Records).OrderByDescending(s => s.NoText).Select(s => new Problem(
            false,
            $"{s.Outlet} gave no text for {Say.Count(s.NoText, "article", "articles")} of {Say.Count(s.Records, "", "").Trim()}",
            "Paywalled, refused or not in the archive: only headlines are kept of them.",
            SitesFile(s)));

    private static string SitesFile(SiteFigures site) => Pages.PageNames.Site(site.Site);
}
