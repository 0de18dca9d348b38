using IngestPipeline.Records;
using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>Over time: how articles ended, where texts came from, copies, what was stripped, latency, and sources whose extraction jumped.</summary>
internal static class TrendsPage
{
    private static readonly string[] DispositionOrder =
        ["written", "feed-only", "unchanged", "no-text", "not-an-article", "paywalled", "gone", "disallowed", "not-archived", "too-large", "refused", "quarantined", "pending"];

    public static void Write(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Trends, PageNames.Trends, "Over time", _ =>
    {
        var days = data.Days.Where(d => d.Name != StoreNames.Undated).ToList();
        html.Add($"""<h1>Over time</h1><p class="lead">""");
        html.Add($"{Say.Count(data.Articles.Count, "record", "records")} of {Say.Count(data.Days.Count, "day", "days")}");
        if (data.OlderRecords > 0)
            html.Add($"; {Say.Count(data.OlderRecords, "older record is", "older records are")} in the store and not in this report");
        html.Add($".</p>");
        Jumps(html, data);
        if (days.Count == 0)
            return;

        var names = days.ConvertAll(d => d.Name);
        html.Add($"""<section aria-labelledby="ended"><h2 id="ended">How articles ended</h2>""");
        Dispositions(html, days, names);
        DayChart.Bars(html, "Records by where their text came from", names, From(days), Whole);
        html.Add($"""</section><section aria-labelledby="copies"><h2 id="copies">Copies</h2>""");
        DayChart.Bars(html, "Records by what they are to each other", names, Kinds(days), Whole);
        html.Add($"""</section><section aria-labelledby="share"><h2 id="share">Share stripped</h2>""");
        DayChart.Lines(
            html, "Share of the pages' text that was removed", names, [new("removed", "c5", [.. days.Select(d => d.RemovedShare)])], v => Say.Share(v));
        html.Add($"</section>");
        Latency(html, days);
    });

    internal static IReadOnlyList<Series> Kinds(List<DayFigures> days) =>
        [.. Words.Kinds.Where(k => days.Exists(d => d.Kinds.ContainsKey(k))).Select(k => new Series(Words.Kind(k), "k-" + k, [.. days.Select(d => (double)d.Kinds.GetValueOrDefault(k))]))];

    private static List<Series> From(List<DayFigures> days) =>
        [.. Words.TextFrom.Where(f => days.Exists(d => d.TextFrom.ContainsKey(f))).Select((f, i) => new Series(Words.From(f), "f-" + f, [.. days.Select(d => (double)d.TextFrom.GetValueOrDefault(f))]))];

    private static string Whole(double value) => Say.Count((long)value, "", "").Trim();

    private static void Jumps(HtmlBuilder html, ReportData data)
    {
        html.Add($"""<section aria-labelledby="jumps"><h2 id="jumps">Sources whose extraction jumped</h2>""");
        if (data.Jumps.Count == 0)
        {
            html.Add($"""<p class="well">None. Each day of a site is compared with its seven days before, from five articles on.</p></section>""");
            return;
        }

        Bits.OpenTable(html, "Sources whose extraction jumped", "", "Day", "Outlet", "What", "#Before", "#After");
        foreach (var jump in data.Jumps.Take(100))
            html.Add(
                $"""<tr><td>{Say.ShortDay(jump.Day)}</td><th scope="row"><a href="{PageNames.Site(jump.Site.Site)}"><bdi>{jump.Site.Outlet}</bdi></a></th><td>{jump.What}</td><td class="n">{jump.Before}</td><td class="n">{jump.After}</td></tr>""");
        Bits.CloseTable(html);
        html.Add($"""<p class="meta">A new page design is the usual cause: compare an article of that day with one of before.</p></section>""");
    }

    private static void Dispositions(HtmlBuilder html, List<DayFigures> days, List<string> names)
    {
        var known = days.Where(d => d.Ledger is not null).SelectMany(d => d.Ledger!.Dispositions.Keys).Distinct(StringComparer.Ordinal).ToList();
        if (known.Count == 0)
        {
            html.Add(
                $"""<p class="meta">Articles that ended without a record (gone, paywalled, not archived …) are counted in a replay's summary and in a live store's ledger; this store holds no ledger by day.</p>""");
            return;
        }

        var series = DispositionOrder.Where(known.Contains).Concat(known.Except(DispositionOrder, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            .Select((name, i) => new Series(Words.Disposition(name), $"c{i % 8}", [.. days.Select(d => (double)(d.Ledger?.Dispositions.GetValueOrDefault(name) ?? 0))])).ToList();
        DayChart.Bars(html, "Articles by how they ended", names, series, Whole);
    }

    private static void Latency(HtmlBuilder html, List<DayFigures> days)
    {
        var measured = days.Where(d => d.Latency is not null).ToList();
        if (measured.Count == 0)
            return;
        html.Add(
            $"""<section aria-labelledby="latency"><h2 id="latency">Latency</h2><p class="meta">How soon articles were seen after their publication, by the pages' own dates; three days at most.</p>""");
        DayChart.Lines(
            html,
            "From a page's own date to its first sight",
            measured.ConvertAll(d => d.Name),
            [
                new("half are faster", "c0", [.. measured.Select(d => d.Latency!.P50.TotalSeconds)]),
                new("9 in 10", "c1", [.. measured.Select(d => d.Latency!.P90.TotalSeconds)]),
                new("99 in 100", "c3", [.. measured.Select(d => d.Latency!.P99.TotalSeconds)]),
            ],
            v => Say.Duration(TimeSpan.FromSeconds(v)));
        html.Add($"</section>");
    }
}
