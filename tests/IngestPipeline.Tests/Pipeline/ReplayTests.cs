using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => _folder["out"];

    [Fact]
    public async Task Writes_a_record_for_what_a_feed_names_and_leaves_other_pages()
    {
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Story one", "https://post.example/1"))
            .Article("https://post.example/1", 0.1, "Story one", TestWeb.Story(1))
            .Article("https://post.example/unnamed", 0.2, "Unnamed", TestWeb.Story(2));

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(1, summary.Articles[Disposition.Written]);
        Assert.True(summary.AddsUp);
        var record = Assert.Single(ReplayRun.Records(Store));
        Assert.Equal("Story one", record.GetProperty("title").GetProperty("value").GetString());
        Assert.Equal("page", record.GetProperty("textFrom").GetString());
        Assert.Equal(string.Join("\n\n", TestWeb.Story(1)), record.GetProperty("text").GetString());
        Assert.Equal("unique", record.GetProperty("copy").GetProperty("kind").GetString());
        Assert.Equal("The Post", record.GetProperty("feed").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Stories_of_one_page_that_a_script_tells_apart_are_articles_of_their_own()
    {
        var web = new TestWeb()
            .FeedXml(
                "https://post.example/feed", 0,
                string.Concat(
                    Enumerable.Range(1, 3).Select(n => $"<item><title>The {n}th report from the harbour of Sorrel</title><link>https://post.example/#!/story/{n}</link></item>")))
            .Page("https://post.example/", 0.1, "<html><body><div id=\"app\"></div><script src=\"/app.js\"></script></body></html>");

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(3, summary.Articles[Disposition.FeedOnly]);
        var records = ReplayRun.Records(Store);
        Assert.Equal(3, records.Count);
        Assert.All(records, r => Assert.Equal("unique", r.GetProperty("copy").GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("WARC-Truncated", "disconnect")]
    [InlineData("WARC-Segment-Number", "1")]
    public async Task A_page_that_was_cut_when_it_was_captured_says_so(string field, string value)
    {
        var html =
            System.Text.Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + TestWeb.ArticleHtml("Story one", TestWeb.Story(1)));
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Story one", "https://post.example/1"))
            .Add(IngestPipeline.Archive.WarcEntry.Response("https://post.example/1", TestWeb.Start.AddHours(1), html) with { Fields = [new(field, value)] });

        await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(["page-truncated"], Assert.Single(ReplayRun.Records(Store)).GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Fact]
    public async Task Takes_every_page_of_an_archive_without_feeds()
    {
        var web = new TestWeb()
            .Article("https://post.example/1", 0, "Story one", TestWeb.Story(1))
            .Article("https://post.example/2", 1, "Story two", TestWeb.Story(2))
            .Status("https://post.example/gone", 1, 404);

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc.gz"]), Store);

        Assert.False(summary.Linked);
        Assert.Equal(2, summary.Articles[Disposition.Written]);
        Assert.True(summary.AddsUp);
    }

    [Fact]
    public async Task Counts_every_entry_and_every_article_exactly_once()
    {
        var long_ = string.Concat(TestWeb.Story(9).Select(p => $"<p>{p}</p>"));
        var web = new TestWeb()
            .FeedXml(
                "https://post.example/feed",
                0,
                $"""
                <item><title>Written</title><link>https://post.example/written</link></item>
                <item><title>Missing</title><link>https://post.example/missing</link></item>
                <item><title>Gone</title><link>https://post.example/gone</link></item>
                <item><title>Only a title</title></item>
                <item><title>Script</title><link>ftp://post.example/file</link></item>
                <item><title>A file</title><link>https://post.example/report.pdf</link></item>
                <item><title>In the feed</title><link>https://post.example/empty</link><content:encoded><![CDATA[{long_}]]></content:encoded></item>
                <item><title>Moved</title><link>https://post.example/old</link></item>
                <item><title>Loop</title><link>https://post.example/loop</link></item>
                """)
            .Article("https://post.example/written", 0.1, "Written", TestWeb.Story(1))
            .Status("https://post.example/gone", 0.1, 410)
            .Page("https://post.example/report.pdf", 0.1, "%PDF-1.4", "application/pdf")
            .Page("https://post.example/empty", 0.1, "<html><body></body></html>")
            .Status("https://post.example/old", 0.1, 301, "/new")
            .Article("https://post.example/new", 0.1, "Moved", TestWeb.Story(3))
            .Status("https://post.example/loop", 0.1, 302, "https://post.example/loop")
            .Feed("https://post.example/feed", 2, ("Written", "https://post.example/written"));

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.True(summary.AddsUp);
        Assert.Equal(10, summary.Entries.Values.Sum());
        Assert.Equal(1, summary.Entries[EntryDisposition.NoLink]);
        Assert.Equal(1, summary.Entries[EntryDisposition.Rejected]);
        Assert.Equal(2, summary.Articles[Disposition.Written]);
        Assert.Equal(1, summary.Articles[Disposition.NotArchived]);
        Assert.Equal(1, summary.Articles[Disposition.NotAnArticle]);
        // Gone, the empty page and the redirect loop leave what the feed had: a headline, a text, a headline.
        Assert.Equal(3, summary.Articles[Disposition.FeedOnly]);
        Assert.Equal("feed", ReplayRun.Record(Store, "In the feed").GetProperty("textFrom").GetString());
        Assert.Equal("headline", ReplayRun.Record(Store, "Gone").GetProperty("textFrom").GetString());
        Assert.Equal("https://post.example/new", ReplayRun.Record(Store, "Moved").GetProperty("finalUrl").GetString());
    }

    [Fact]
    public async Task Two_replays_of_one_archive_write_the_same_bytes_at_any_number_of_workers()
    {
        var archive = Weekend().Save(_folder["a.warc.gz"]);

        await ReplayRun.RunAsync(archive, _folder["one"], new() { Workers = 1 });
        await ReplayRun.RunAsync(archive, _folder["many"], new() { Workers = 7 });

        Assert.Equal(await ReplayRun.TreeHashAsync(_folder["one"]), await ReplayRun.TreeHashAsync(_folder["many"]));
    }

    [Fact]
    public async Task A_second_run_into_the_same_store_changes_nothing_and_says_so()
    {
        var archive = Weekend().Save(_folder["a.warc.gz"]);

        var first = await ReplayRun.SummaryAsync(archive, Store);
        var before = await ReplayRun.TreeHashAsync(Store);
        var second = await ReplayRun.SummaryAsync(archive, Store);

        Assert.True(first.Changes > 0);
        Assert.Equal(0, second.Changes);
        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));
        Assert.Equal(first.Articles, second.Articles);
        Assert.Equal(first.Entries, second.Entries);
    }

    [Fact]
    public async Task Refuses_a_store_of_other_rules_unless_a_new_run_is_asked_for()
    {
        var archive = Weekend().Save(_folder["a.warc.gz"]);
        var other = new ReplayOptions { Pipeline = new() { CopyWindowDays = 7 } };
        await ReplayRun.RunAsync(archive, Store);
        var before = await ReplayRun.TreeHashAsync(Store);

        var refused = await ReplayRun.RunAsync(archive, Store, other);

        Assert.Contains("--new-run", refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));

        var newRun = await ReplayRun.SummaryAsync(archive, Store, other with { NewRun = true });

        Assert.StartsWith("runs/", newRun.Prefix, StringComparison.Ordinal);
        var header = StoreHeader.Read(await File.ReadAllBytesAsync(Path.Combine(Store, "store.json")))!;
        Assert.Equal(newRun.Prefix, header.Prefix);
        Assert.Equal(newRun.PipelineVersion, header.PipelineVersion);
        Assert.Single(header.Earlier);
        Assert.True(Directory.Exists(Path.Combine(Store, newRun.Prefix, "records")));
        // Going back makes the old run current again, without writing it anew.
        Assert.Contains("earlier current again", (await ReplayRun.RunAsync(archive, Store)).Refusal, StringComparison.Ordinal);
        var back = await ReplayRun.SummaryAsync(archive, Store, new() { NewRun = true });
        Assert.Equal("", back.Prefix);
        Assert.Equal(0, back.Changes);
    }

    [Fact]
    public async Task Takes_the_capture_at_or_after_the_poll_that_named_it_else_the_nearest_before()
    {
        var web = new TestWeb()
            .Article("https://post.example/1", -5, "Much too early", TestWeb.Story(1))
            .Article("https://post.example/1", -1, "Early", TestWeb.Story(2))
            .Feed("https://post.example/feed", 0, ("One", "https://post.example/1"), ("Two", "https://post.example/2"))
            .Article("https://post.example/1", 1, "Right", TestWeb.Story(3))
            .Article("https://post.example/1", 3, "Late", TestWeb.Story(4))
            .Article("https://post.example/2", -5, "Long before", TestWeb.Story(5))
            .Article("https://post.example/2", -2, "Nearest before", TestWeb.Story(6));

        await ReplayRun.RunAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(["Nearest before", "Right"], ReplayRun.Records(Store).Select(r => r.GetProperty("title").GetProperty("value").GetString()).Order());
    }

    [Fact]
    public async Task A_changed_page_is_a_revision_of_the_same_article_and_keeps_its_day()
    {
        var corrected = TestWeb.Story(1);
        corrected[0] = corrected[0].Replace("said", "wrote", StringComparison.Ordinal);
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("One", "https://post.example/1"))
            .Article("https://post.example/1", 0.1, "One", TestWeb.Story(1))
            .Feed("https://post.example/feed", 24, ("One, corrected", "https://post.example/1"))
            .Article("https://post.example/1", 24.1, "One", corrected);

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(1, summary.Entries[EntryDisposition.Revised]);
        Assert.Equal(2, summary.Articles[Disposition.Written]);
        var record = Assert.Single(ReplayRun.Records(Store));
        Assert.Equal(2, record.GetProperty("revision").GetInt32());
        Assert.Equal("2026-03-14T12:06:00Z", record.GetProperty("firstSeen").GetString());
        Assert.Equal("2026-03-15T12:06:00Z", record.GetProperty("captured").GetString());
        Assert.Contains("wrote", record.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Store, "articles", "2026-03-14")).Length);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Store, "changes")).Length);
    }

    [Fact]
    public async Task A_revised_entry_whose_page_is_the_same_ends_as_unchanged()
    {
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("One", "https://post.example/1"))
            .Article("https://post.example/1", 0.1, "One", TestWeb.Story(1))
            .Feed("https://post.example/feed", 24, ("One with a new headline", "https://post.example/1"));

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), Store);

        Assert.Equal(1, summary.Articles[Disposition.Written]);
        Assert.Equal(1, summary.Articles[Disposition.Unchanged]);
        Assert.True(summary.AddsUp);
    }

    [Fact]
    public async Task A_second_run_over_an_article_that_was_revised_changes_nothing()
    {
        var web = new TestWeb();
        for (var edition = 0; edition < 3; edition++)
        {
            web.Feed("https://post.example/feed", edition, ($"Edition {edition}", "https://post.example/a"))
                .Article("https://post.example/a", edition + 0.1, $"Edition {edition}", TestWeb.Story(edition));
        }

        var archive = web.Save(_folder["a.warc"]);
        await ReplayRun.RunAsync(archive, Store);
        var first = await ReplayRun.TreeHashAsync(Store);
        await ReplayRun.RunAsync(archive, Store);

        Assert.Equal("Edition 2", Assert.Single(ReplayRun.Records(Store)).GetProperty("title").GetProperty("value").GetString());
        Assert.Equal(first, await ReplayRun.TreeHashAsync(Store));
    }

    [Fact]
    public async Task An_older_text_that_a_later_run_brings_takes_no_newer_ones_place()
    {
        TestWeb Edition(int number) => new TestWeb()
            .Feed("https://post.example/feed", number, ($"Edition {number}", "https://post.example/a"))
            .Article("https://post.example/a", number + 0.1, $"Edition {number}", TestWeb.Story(number));
        var (early, late) = (Edition(1).Save(_folder["early.warc"]), Edition(5).Save(_folder["late.warc"]));
        await ReplayRun.RunAsync(late, Store);
        var before = await ReplayRun.TreeHashAsync(Store);

        var summary = await ReplayRun.SummaryAsync(early, Store);

        Assert.Equal(1, summary.Articles[Disposition.Unchanged]);
        Assert.True(summary.AddsUp);
        Assert.Equal("Edition 5", Assert.Single(ReplayRun.Records(Store)).GetProperty("title").GetProperty("value").GetString());
        Assert.Equal(before, await ReplayRun.TreeHashAsync(Store));
    }

    [Fact]
    public async Task A_copy_points_to_its_original_and_the_original_lists_it()
    {
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Wire", "https://post.example/wire"), ("Other", "https://post.example/other"))
            .Feed("https://courier.example/feed", 1, ("Wire again", "https://courier.example/wire"))
            .Article("https://post.example/wire", 0.1, "Wire", TestWeb.Story(1))
            .Article("https://post.example/other", 0.1, "Other", TestWeb.Story(2))
            .Article("https://courier.example/wire", 1.1, "Wire", TestWeb.Story(1));

        await ReplayRun.RunAsync(web.Save(_folder["a.warc"]), Store);

        var records = ReplayRun.Records(Store);
        var copy = records.Single(r => r.GetProperty("url").GetString() == "https://courier.example/wire");
        var original = records.Single(r => r.GetProperty("url").GetString() == "https://post.example/wire");
        Assert.Equal("exact", copy.GetProperty("copy").GetProperty("kind").GetString());
        Assert.Equal(original.GetProperty("id").GetString(), copy.GetProperty("copy").GetProperty("canonicalId").GetString());
        Assert.Equal(1m, copy.GetProperty("copy").GetProperty("similarity").GetDecimal());
        Assert.Equal(copy.GetProperty("id").GetString(), Assert.Single(original.GetProperty("copies").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("original", original.GetProperty("copy").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task The_latest_decisions_do_not_depend_on_which_archive_came_first()
    {
        var one = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Wire", "https://post.example/wire"))
            .Article("https://post.example/wire", 0.1, "Wire", TestWeb.Story(1)).Save(_folder["1.warc"]);
        var two = new TestWeb()
            .Feed("https://courier.example/feed", 20, ("Wire", "https://courier.example/wire"), ("Own", "https://courier.example/own"))
            .Article("https://courier.example/wire", 20.1, "Wire", TestWeb.Story(1))
            .Article("https://courier.example/own", 20.1, "Own", TestWeb.Story(5)).Save(_folder["2.warc"]);

        foreach (var archive in (string[])[one, two])
            await ReplayRun.RunAsync(archive, _folder["forth"]);
        foreach (var archive in (string[])[two, one])
            await ReplayRun.RunAsync(archive, _folder["back"]);

        Assert.Equal(Decisions(_folder["forth"]), Decisions(_folder["back"]));
        // A change of a published decision is a revision that says what was before: the later copy stood for itself until the earlier came.
        var copy = ReplayRun.Records(_folder["back"]).Single(r => r.GetProperty("url").GetString() == "https://courier.example/wire");
        Assert.Equal(2, copy.GetProperty("copy").GetProperty("revision").GetInt32());
        var changes = Directory.GetFiles(Path.Combine(_folder["back"], "changes")).SelectMany(File.ReadLines).Select(l => JsonElement.Parse(l));
        var regrouped =
            changes.Single(c => c.GetProperty("change").GetString() == "regrouped" && c.GetProperty("id").GetString() == copy.GetProperty("id").GetString());
        Assert.Equal(copy.GetProperty("id").GetString(), regrouped.GetProperty("previousCanonicalId").GetString());

        static string[] Decisions(string store) =>
            [.. ReplayRun.Records(store).Select(r => $"{r.GetProperty("id")} {r.GetProperty("copy").GetProperty("canonicalId")} {r.GetProperty("copy").GetProperty("kind")} {r.GetProperty("storyId")}")];
    }

    [Fact]
    public async Task A_truncated_archive_gives_what_precedes_the_fault_and_says_so()
    {
        var path = Weekend().Save(_folder["a.warc"]);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length * 2 / 3)]);

        var summary = await ReplayRun.SummaryAsync(path, Store);

        Assert.NotEmpty(summary.Faults);
        Assert.True(summary.Articles[Disposition.Written] > 3);
        Assert.True(summary.AddsUp);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Two feeds over three days, with copies across them and a page that changes.</summary>
    internal static TestWeb Weekend()
    {
        var web = new TestWeb();
        for (var day = 0; day < 3; day++)
        {
            var hour = day * 24;
            var items = Enumerable.Range(0, 6).Select(i => ($"Story {day}.{i}", $"https://post.example/{day}/{i}")).ToArray();
            web.Feed("https://post.example/feed", hour, items);
            foreach (var ((title, link), i) in items.Select((x, i) => (x, i)))
                web.Article(link, hour + 0.1 + (i / 100.0), title, TestWeb.Story((day * 10) + i));
            web.Feed(
                "https://courier.example/feed", hour + 2, ($"Carried {day}", $"https://courier.example/{day}/carried"),
                ("Desk", "https://courier.example/desk"));
            web.Article($"https://courier.example/{day}/carried", hour + 2.1, $"Carried {day}", TestWeb.Story(day * 10));
            web.Article("https://courier.example/desk", hour + 2.2, $"Desk {day}", TestWeb.Story(100 + day));
        }

        return web;
    }
}
