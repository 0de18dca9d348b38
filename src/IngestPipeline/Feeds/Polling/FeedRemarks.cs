using System.Globalization;

namespace IngestPipeline.Feeds.Polling;

/// <summary>Says in words what a person should know about a feed that was polled once.</summary>
internal static class FeedRemarks
{
    /// <summary>The remarks, the gravest first; empty = nothing to say.</summary>
    /// <param name="poll">The poll.</param>
    /// <param name="listed">The address in the list.</param>
    public static IReadOnlyList<string> Of(PollResult poll, Uri listed)
    {
        ArgumentNullException.ThrowIfNull(poll);
        var remarks = new List<string>();
        if (poll.Problem is { } problem)
            remarks.Add(problem);
        if (poll.State.Url != listed)
            remarks.Add($"moved for good to {poll.State.Url}: write that into the list");
        if (poll.Kind != PollKind.Read || poll.Document is not { } document)
            return remarks;

        if (document.Format == FeedFormat.SitemapIndex)
            remarks.Add(
                "a sitemap index: it names sitemaps, not articles. List the news sitemap among "
                    + string.Join(", ", document.Entries.Take(3).Select(e => e.Link)));
        else
            Entries(poll, document, remarks);
        if (document.Repairs.Count > 0)
            remarks.Add("mended: " + string.Join("; ", document.Repairs));
        if (poll.State.Hub is { } hub)
            remarks.Add("offers WebSub at " + hub + " (noticed, not used)");
        return remarks;
    }

    private static void Entries(PollResult poll, FeedReadResult document, List<string> remarks)
    {
        var entries = document.Entries;
        if (entries.Count == 0)
        {
            remarks.Add("no entries: nothing would be fetched");
            return;
        }

        var linkless = entries.Count(e => string.IsNullOrWhiteSpace(e.Link));
        if (linkless > 0)
            remarks.Add(Say($"{linkless} of {entries.Count} entries name no page; they count only where they carry the text"));
        var repeated = entries.Where(e => !string.IsNullOrWhiteSpace(e.Id)).GroupBy(e => e.Id, StringComparer.Ordinal).Count(g => g.Count() > 1);
        if (repeated > 0)
            remarks.Add(Say($"{repeated} GUIDs stand more than once; such entries are told apart by their links"));
        var dates = entries.Select(e => e.Published ?? e.Updated).OfType<DateTimeOffset>().ToList();
        if (dates.Count == 0)
            remarks.Add("no entry has a date");
        else if (dates.Max() < poll.Polled.AddDays(-30))
            remarks.Add(Say($"the newest entry is of {dates.Max():yyyy-MM-dd}: see whether the site has another feed"));
        else if (dates.Max() > poll.Polled.AddDays(1))
            remarks.Add(Say($"an entry is dated {dates.Max():yyyy-MM-dd}, in the future"));
        if (document.Feed.PollInterval > TimeSpan.FromHours(6))
            remarks.Add(Say($"asks to be polled only every {document.Feed.PollInterval.Value.TotalHours:F0} hours; that is kept, up to a day"));
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
