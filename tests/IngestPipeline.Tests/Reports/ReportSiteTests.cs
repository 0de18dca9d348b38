using System.Text;
using AngleSharp.Html.Parser;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Reports;

public sealed class ReportSiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_link_within_the_report_leads_to_a_page_and_to_a_place_on_it()
    {
        var site = await SampleAsync(days: 6, perDay: 30);

        var broken = new List<string>();
        var anchors = Pages(site).ToDictionary(p => p, p => new HtmlParser().ParseDocument(File.ReadAllText(p)));
        foreach (var (page, document) in anchors)
        {
            foreach (var link in document.QuerySelectorAll("[href], [src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).Where(l => !l.StartsWith("http", StringComparison.Ordinal)))
            {
                var (path, anchor) = link.Split('#') is [var p, var a] ? (p, a) : (link, "");
                var target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
                if (!File.Exists(target) || (anchor.Length > 0 && anchors[target].GetElementById(anchor) is null))
                    broken.Add($"{Path.GetRelativePath(site, page)} → {link}");
            }
        }

        Assert.Empty(broken);
        Assert.True(anchors.Count > 200);
    }

    [Fact]
    public async Task Two_reports_of_one_store_are_the_same_bytes_and_the_second_writes_nothing()
    {
        var store = await StoreAsync(days: 4, perDay: 20);
        await ReportSite.WriteAsync(store, _folder["one"]);
        await ReportSite.WriteAsync(store, _folder["two"]);

        Assert.Equal(Contents(_folder["one"]), Contents(_folder["two"]));
        Assert.Equal(0, (await ReportSite.WriteAsync(store, _folder["one"])).Changed);
    }

    [Fact]
    public async Task A_page_of_an_article_says_each_fact_once()
    {
        var site = await SampleAsync(days: 2, perDay: 30);

        var labels = Directory.EnumerateFiles(Path.Combine(site, "article"))
            .Select(page => new HtmlParser().ParseDocument(File.ReadAllText(page)).QuerySelectorAll("#metadata + dl dt").Select(e => e.TextContent).ToList())
            .ToList();

        Assert.Contains(labels, l => l.Contains("Credit"));
        Assert.All(labels, l => Assert.Distinct(l));
    }

    [Fact]
    public async Task A_page_of_an_article_begins_with_when_it_was_published_by_its_own_clock()
    {
        var site = await SampleAsync(days: 2, perDay: 5);

        var page = new HtmlParser().ParseDocument(File.ReadAllText(Directory.EnumerateFiles(Path.Combine(site, "article")).First()));

        Assert.Matches(@"published \d+ Mar 2026 · first seen \d+ Mar 2026, ", page.QuerySelector(".lead")!.TextContent);
    }

    [Fact]
    public async Task An_article_says_that_its_capture_is_not_kept_any_more()
    {
        var store = await StoreAsync(days: 4, perDay: 5);
        await ReportSite.WriteAsync(store, _folder["all"]);
        await store.CreateAsync(StoreNames.Retention, """{"schema":"retention/1","day":null,"capturesFrom":"2999-01-01","articlesFrom":null}"""u8.ToArray());

        await ReportSite.WriteAsync(store, _folder["expired"]);

        var said = "the store keeps captures from 2999-01-01 on";
        Assert.DoesNotContain(Pages(_folder["all"]), p => File.ReadAllText(p).Contains(said, StringComparison.Ordinal));
        Assert.Contains(Pages(_folder["expired"]), p => File.ReadAllText(p).Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_report_in_its_store_leads_to_the_page_of_live_figures_and_one_elsewhere_does_not()
    {
        var store = await StoreAsync(days: 4, perDay: 5);
        await store.CreateAsync(StoreNames.LiveReport, "<!DOCTYPE html>"u8.ToArray());

        await ReportSite.PublishAsync(store);
        await ReportSite.WriteAsync(store, _folder["elsewhere"]);

        Assert.Contains("href=\"live.html\"", Encoding.UTF8.GetString((await store.ReadAsync("reports/index.html"))!.Content.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("live.html", File.ReadAllText(Path.Combine(_folder["elsewhere"], "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_that_the_new_report_has_not_are_deleted()
    {
        var store = await StoreAsync(days: 4, perDay: 20);
        await ReportSite.WriteAsync(store, _folder["site"]);
        var first = Directory.GetFiles(_folder["site"], "*", SearchOption.AllDirectories).Length;

        await ReportSite.WriteAsync(store, _folder["site"], new() { Days = 2 });
        await ReportSite.WriteAsync(store, _folder["fresh"], new() { Days = 2 });

        Assert.Equal(Contents(_folder["fresh"]), Contents(_folder["site"]));
        Assert.True(Directory.GetFiles(_folder["site"], "*", SearchOption.AllDirectories).Length < first);
        Assert.Contains("older records are in the store", File.ReadAllText(Path.Combine(_folder["site"], "articles.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_other_files_is_refused_and_left_alone()
    {
        var store = await StoreAsync(days: 1, perDay: 3);
        Directory.CreateDirectory(_folder["mine"]);
        File.WriteAllText(Path.Combine(_folder["mine"], "index.html"), "mine");

        var error = await Assert.ThrowsAsync<StorageException>(() => ReportSite.WriteAsync(store, _folder["mine"]));

        Assert.Contains("holds files that are no report", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder["mine"], "index.html")));
        Assert.Single(Directory.GetFiles(_folder["mine"]));
    }

    [Fact]
    public async Task A_store_without_records_gives_a_report_that_says_so()
    {
        var store = new FolderBlobStore(_folder["store"]);
        await store.CreateAsync(StoreNames.Header, new StoreHeader("1-x", "", []).ToJson());

        var made = await ReportSite.WriteAsync(store, _folder["site"]);

        Assert.Null(made.LatestDay);
        Assert.Contains("Nothing here yet", File.ReadAllText(Path.Combine(_folder["site"], "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_store_is_refused_with_what_to_name()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => ReportSite.WriteAsync(new FolderBlobStore(_folder["nothing"]), _folder["site"]));

        Assert.Contains("name one that 'ingest replay' or 'ingest run' wrote", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["site"]));
    }

    [Fact]
    public async Task The_report_of_a_run_beside_others_is_that_of_the_current_run()
    {
        var store = new FolderBlobStore(_folder["store"]);
        var old = await StoreAsync(days: 1, perDay: 3);
        await new SampleStore(2, 5).WriteAsync(new PrefixedBlobStore(old, "runs/1-new/"));
        var header = (await old.ReadAsync(StoreNames.Header))!;
        await old.ReplaceAsync(StoreNames.Header, new StoreHeader("1-new", "runs/1-new/", [new("1-sample", "")]).ToJson(), header.ETag);

        Assert.Equal(10, (await ReportSite.WriteAsync(old, _folder["site"])).Articles);
        Assert.Equal(_folder["store"], store.Location);
    }

    [Fact]
    public async Task A_report_in_its_own_store_is_the_one_in_a_folder_and_only_changes_are_written_again()
    {
        var store = await StoreAsync(days: 3, perDay: 10);
        await ReportSite.WriteAsync(store, _folder["site"]);
        var published = await ReportSite.PublishAsync(store);

        // The live pipeline's figures stand there too, and are not the report's.
        Assert.Equal(Contents(_folder["site"]), Contents(Path.Combine(store.Location, "reports")).Where(f => f.Item1 != "status.json"));
        Assert.True(published.Changed > 0);
        Assert.Equal(0, (await ReportSite.PublishAsync(store)).Changed);
        await ReportSite.PublishAsync(store, new() { Days = 1 });
        Assert.True(Directory.GetFiles(Path.Combine(store.Location, "reports", "article")).Length <= 10);
    }

    [Fact]
    public async Task Problems_stand_first_the_gravest_before_others()
    {
        var site = await SampleAsync(days: 9, perDay: 60);
        var page = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(site, "index.html")));

        var problems = page.QuerySelectorAll(".problems li").Select(l => (Grave: l.ClassList.Contains("grave"), Text: l.TextContent)).ToList();
        Assert.Equal(problems.OrderByDescending(p => p.Grave), problems);
        Assert.Contains(problems, p => p.Grave && p.Text.Contains("Valley Observer looks different", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Grave && p.Text.Contains("no longer resolves", StringComparison.Ordinal));
        Assert.Contains(problems, p => !p.Grave && p.Text.Contains("failed 4 times", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Grave && p.Text.Contains("1 message was set aside", StringComparison.Ordinal));
        var cards = page.QuerySelectorAll(".card").ToDictionary(c => c.QuerySelector("dt")!.TextContent, c => c.QuerySelector(".value")!.TextContent);
        Assert.Equal(("77", "60", "3"), (cards["Articles in"], cards["Records out"], cards["Pending"]));
        Assert.EndsWith("min", cards["Seen after"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_first_page_of_ten_thousand_articles_stays_small()
    {
        var site = await SampleAsync(days: 20, perDay: 500);

        Assert.InRange(new FileInfo(Path.Combine(site, "index.html")).Length, 1, 200_000);
        Assert.Equal(10_000, Directory.GetFiles(Path.Combine(site, "article")).Length);
        Assert.All(Pages(site).Where(p => !p.Contains("/article/", StringComparison.Ordinal)), p => Assert.InRange(new FileInfo(p).Length, 1, 1_000_000));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<FolderBlobStore> StoreAsync(int days, int perDay)
    {
        var store = new FolderBlobStore(_folder["store"]);
        await new SampleStore(days, perDay).WriteAsync(store);
        return store;
    }

    private async Task<string> SampleAsync(int days, int perDay)
    {
        await ReportSite.WriteAsync(await StoreAsync(days, perDay), _folder["site"]);
        return _folder["site"];
    }

    private static IEnumerable<string> Pages(string site) => Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories);

    private static List<(string, string)> Contents(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => (Path.GetRelativePath(folder, f), File.ReadAllText(f)))
            .OrderBy(f => f.Item1, StringComparer.Ordinal)];
}
