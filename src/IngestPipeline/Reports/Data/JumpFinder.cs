using System.Globalization;
using IngestPipeline.Records;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Data;

/// <summary>
/// Finds sites whose extraction jumped: a template that changed shows as texts of another length, as another share removed, or as pages that
/// give no text. Each day is compared with the site's seven days before it.
/// </summary>
internal static class JumpFinder
{
    /// <summary>Articles that a day, and the days before it, must have: fewer vary by chance.</summary>
    private const int Enough = 5;

    private const int DaysBefore = 7;

    /// <summary>The jumps, the newest day first.</summary>
    public static IReadOnlyList<ExtractionJump> Find(IEnumerable<SiteFigures> sites) =>
        [.. sites.SelectMany(Of)
            .OrderByDescending(j => j.Day, StringComparer.Ordinal)
            .ThenBy(j => j.Site.Site, StringComparer.Ordinal)
            .ThenBy(j => j.What, StringComparer.Ordinal)];

    /// <summary>The jumps of the latest days, as a source's health keeps them.</summary>
    public static SourceHealth Recent(IReadOnlyList<ExtractionJump> jumps, string? latest)
    {
        if (!DateOnly.TryParseExact(latest, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var newest))
            return SourceHealth.Empty;
        var first = newest.AddDays(1 - SourceHealth.Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new([.. jumps.Where(j => string.CompareOrdinal(j.Day, first) >= 0).Select(j => new SourceFlag(j.Site.Site, j.Day, j.What, j.Before, j.After))]);
    }

    private static IEnumerable<ExtractionJump> Of(SiteFigures site)
    {
        var days = site.Days.Where(d => d.Key != StoreNames.Undated).ToList();
        for (var i = 1; i < days.Count; i++)
        {
            var (name, day) = days[i];
            var before = days.GetRange(Math.Max(0, i - DaysBefore), Math.Min(i, DaysBefore)).ConvertAll(d => d.Value);
            if (day.Records < Enough || before.Sum(b => b.Records) < Enough)
                continue;
            foreach (var (what, was, now) in Compare(before, day))
                yield return new(site, name, what, was, now);
        }
    }

    private static IEnumerable<(string What, string Before, string After)> Compare(List<SiteDay> before, SiteDay day)
    {
        var noText = (double)before.Sum(b => b.NoText) / before.Sum(b => b.Records);
        if (Math.Abs(day.NoTextShare - noText) >= 0.25)
            yield return ("pages without text", Say.Share(noText), Say.Share(day.NoTextShare));

        double kept = before.Sum(b => b.Kept), removed = before.Sum(b => b.Removed);
        var share = kept + removed == 0 ? 0 : removed / (kept + removed);
        if (Math.Abs(day.RemovedShare - share) >= 0.2)
            yield return ("share removed", Say.Share(share), Say.Share(day.RemovedShare));

        var medians = before.Where(b => b.MedianLength > 0).Select(b => b.MedianLength).Order().ToList();
        if (medians.Count == 0 || day.MedianLength == 0)
            yield break;
        var usual = medians[medians.Count / 2];
        if (day.MedianLength * 2 <= usual || day.MedianLength >= usual * 2)
            yield return ("length of a text", Say.Count(usual, "character", "characters"), Say.Count(day.MedianLength, "character", "characters"));
    }
}
