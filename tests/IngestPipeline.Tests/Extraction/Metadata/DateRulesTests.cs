using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class DateRulesTests
{
    [Theory]
    // Half past nine in the evening at UTC-3 is half past midnight of the next day in UTC: the reader was shown the third.
    [InlineData(
        """<meta property="article:published_time" content="2022-05-04T00:30:12Z"><div class="posts"><p>Some text of the article.</p></div><footer><span class="date">3 May 2022 21:30</span></footer>""",
        "2022-05-03T21:30:00-03:00")]
    // Twenty minutes away is another moment.
    [InlineData(
        """<meta property="article:published_time" content="2022-05-04T00:30:12Z"><footer><span class="date">3 May 2022 21:50</span></footer>""",
        "2022-05-04T00:30:12Z")]
    [InlineData(
        """<span class="stamp-time">30 Sep 2022, 11:07</span><p>Text.</p><p class="published">First published 26 September 2019, 16:12</p>""",
        "2019-09-26T16:12:00")]
    [InlineData("""<span class="date-created">2 تير 1399</span>""", "2020-06-22")]
    // What the template's author wrote into the attribute was never filled in.
    [InlineData("""<time datetime="2019-09-03">December 14, 2023 7:30am</time>""", "2023-12-14T07:30:00")]
    [InlineData("""<time datetime="2019-09-03">Updated December 14, 2023</time>""", "2019-09-03")]
    [InlineData("""<time datetime="2019-09-03">September 3</time>""", "2019-09-03")]
    // The month under both of its names.
    [InlineData("""<p>السبت، 14 آذار/مارس 2026، آخر تحديث 14:00</p>""", "2026-03-14T14:00:00")]
    [InlineData("""<p>14 آذار (مارس) 2026</p>""", "2026-03-14")]
    // The attribute is on UTC, the text on the page's clock.
    [InlineData(
        """<meta property="article:published_time" content="2023-12-22T04:10:41Z"><div><time datetime="2023-12-22T04:10:41Z">Dec. 21, 2023 11:10 pm EST</time></div>""",
        "2023-12-21T23:10:00-05:00")]
    // The moment of change, told and shown, says which clock the page has.
    [InlineData(
        """<meta property="article:published_time" content="2022-05-04T00:53:29Z"><meta property="article:modified_time" content="2022-05-04T01:25:56Z"><footer><span class="date">3 May 2022 22:25</span></footer>""",
        "2022-05-03T21:53:29-03:00")]
    [InlineData(
        """<meta property="article:published_time" content="2013-03-11T11:11:07-07:00"><p class="byline__release-date">March 20, 2023</p><p class="note">March 11, 2013</p>""",
        "2023-03-20")]
    public void Takes_the_day_that_the_page_shows_its_readers(string html, string published) => Assert.Equal(published, Published(html));

    [Theory]
    [InlineData("""<p class="date published">5 November 2025</p>""", "2025-11-05T17:09:17Z")]
    [InlineData("""<p class="date published">5 November 2025, 18:09</p>""", "2025-11-05T18:09:00+01:00")]
    // A clock of twelve hours that has lost its "pm", and one that is another moment's.
    [InlineData("""<p class="date published">5 November 2025, 5:09</p>""", "2025-11-05T17:09:17Z")]
    [InlineData("""<p class="date published">5 November 2025, 9:40</p>""", "2025-11-05T17:09:17Z")]
    [InlineData("""<p class="date published">5 November 2025, 18:09 CET</p>""", "2025-11-05T18:09:00+01:00")]
    [InlineData("""<p class="date published">1 November 2025, 8:00</p>""", "2025-11-01T08:00:00")]
    public void What_is_shown_without_a_zone_has_the_moment_that_machines_are_told_of_that_day(string shown, string published) =>
        Assert.Equal(published, Published($"""<meta property="article:published_time" content="2025-11-05T17:09:17+00:00"><h1>The harbour</h1>{shown}<p>Text.</p>"""));

    [Theory]
    // The same moment in a weaker place, and the same clock with its zone.
    [InlineData("""<p class="published">5 November 2025, 18:09</p><time datetime="2025-11-05T17:09:17Z"></time>""", "2025-11-05T18:09:00+01:00")]
    [InlineData("""<meta name="dc.date.issued" content="2025-11-05T03:33:08"><p>November 5, 2025: 3:33 AM EST</p>""", "2025-11-05T03:33:08-05:00")]
    // A day has the moment of a time element, or the clock beside the headline.
    [InlineData("""<meta name="publish-date" content="2025-11-05"><p><time datetime="2025-11-05T16:08:44+09:00">Nov 5, 2025</time></p>""", "2025-11-05T16:08:44+09:00")]
    [InlineData("""<meta name="publish-date" content="November 5, 2025"><p class="byline-date">Nov 5th 2025 1:01PM</p>""", "2025-11-05T13:01:00")]
    [InlineData("""<meta name="publish-date" content="November 5, 2025"><p>Updated: Nov 5th 2025 1:01PM</p>""", "2025-11-05")]
    // A moment in UTC is the page's in the zone whose clock it shows; twenty minutes away is another moment.
    [InlineData("""<meta property="article:published_time" content="2025-11-05T17:09:17Z"><p>Nov. 5, 2025, 12:09 p.m.</p>""", "2025-11-05T12:09:17-05:00")]
    [InlineData("""<meta property="article:published_time" content="2025-11-05T17:09:17Z"><p>Nov. 5, 2025, 12:29 p.m.</p>""", "2025-11-05T17:09:17Z")]
    public void A_moment_is_told_in_the_pages_own_zone_where_that_is_found(string html, string published) => Assert.Equal(published, Published(html));

    [Fact]
    public void Midnight_in_UTC_is_a_day_and_no_moment() =>
        Assert.Equal("2025-11-05", Published("""<meta property="article:published_time" content="2025-11-05T00:00:00Z"><h1>The harbour</h1><p class="date published">5 November 2025</p><p>Text.</p>"""));

    [Fact]
    public void A_day_that_a_long_sentence_tells_of_gives_way_to_a_time_element() =>
        Assert.Equal("2025-01-17", Published("""
            <p>The end of the season for most islanders who keep a boat in the harbour is April 15, 2025. Those who need longer may ask the harbour office.</p>
            <div><time datetime="2025-01-17">17 Jan</time></div>
            """));

    [Theory]
    [InlineData("""<p class="meta">January 31, 2024</p>""", "2024-01-31")]
    // Two days are shown: neither is the headline's alone.
    [InlineData("""<p class="meta">January 31, 2024</p><p class="meta">February 2, 2024</p>""", "2025-11-05")]
    [InlineData("""<p class="meta">Last updated: January 31, 2024</p>""", "2025-11-05")]
    [InlineData("""<p class="meta">November 5, 2025</p>""", "2025-11-05")]
    public void The_only_day_below_the_headline_outweighs_one_that_only_machines_are_told(string html, string published) =>
        Assert.Equal(published, Published("""<meta property="article:published_time" content="2025-11-05">""" + html));

    [Fact]
    public void A_published_moment_that_is_the_one_of_change_gives_way_to_an_earlier_day_shown_and_told() =>
        Assert.Equal("2024-04-22T12:16:00", Published("""
            <meta property="article:published_time" content="2024-04-22T12:16:00"><meta property="article:modified_time" content="2024-04-23T09:04:08">
            <div class="publication"><time class="published" datetime="2024-04-23T09:04:08">Updated</time> <time class="published" datetime="2024-04-22T12:16:00">Published</time></div>
            """));

    [Fact]
    public void What_machines_are_told_twice_and_readers_only_as_a_change_is_no_publication() =>
        Assert.Equal("2024-08-04T13:23:00Z", Published("""
            <meta property="article:published_time" content="2024-08-05T19:49:50Z"><meta property="article:modified_time" content="2024-08-05T19:49:50Z">
            <script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Ferry runs again after the storm", "datePublished": "2024-08-04T13:23:00Z"}</script>
            <p class="updated">Updated 20:49, 5 August 2024</p>
            """));

    [Fact]
    public void A_vague_day_is_not_later_than_the_shown_day_of_change() =>
        Assert.Equal("2020-04-28T18:00:00", Published("""<meta name="date" content="2020-04-29T11:52:23"><p>Updated: 28 April 2020, 18:00</p>"""));

    [Fact]
    public void A_shown_moment_too_far_away_to_be_the_same_one_does_not_move_the_day() =>
        Assert.Equal("2025-06-29T17:29:54Z", Published("""
            <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry runs again after the storm", "datePublished": "2025-06-29T17:29:54Z", "dateModified": "2025-06-30T09:46:00Z"}</script>
            <div><time>30 June 2025, 11:46</time></div>
            """));

    [Theory]
    [InlineData("""<script>self.push("{\"deployDt\":\"2026.01.29 18:40\",\"paperDate\":\"2026-01-30\"}")</script>""", "2026-01-29T18:40:00")]
    // Of several articles in the data, the one with the page's title; an id is no date.
    [InlineData(
        """<script>var list = [{"title": "Ferry runs again after the storm", "publishedAt": "2026-03-14"}, {"title": "Harbour fees rise", "publishId": "20260101", "publishedAt": "2026-03-12"}]</script>""",
        "2026-03-14")]
    [InlineData(
        """<script>var list = [{"title": "Pier closed", "publishedAt": "2026-03-14"}, {"title": "Harbour fees rise", "publishedAt": "2026-03-12"}]</script>""",
        null)]
    [InlineData("""<p><script>showDate("2026/03/14 01:43:09")</script> seen 7 times</p>""", "2026-03-14T01:43:09")]
    [InlineData("""<script>document.cookie = close("expires=14 Mar 2026")</script>""", null)]
    [InlineData("""<meta property="article:published_time" content="2026-03-02"><script>var page = {"publishedAt": "2026-03-14"}</script>""", "2026-03-02")]
    public void Reads_scripts_where_no_other_place_tells_the_day(string html, string? published) =>
        Assert.Equal(published, Published("""<meta property="og:title" content="Ferry runs again after the storm">""" + html));

    [Theory]
    [InlineData("2019-06-17", "2017-07-12")]
    // A slug may be some weeks older than its article.
    [InlineData("2017-09-12", "2017-09-12")]
    public void A_day_in_the_address_counts_before_one_that_machines_are_told_years_later(string told, string published) =>
        Assert.Equal(published, Published($"""<meta property="article:published_time" content="{told}">""", "https://www.harbourpost.example/2017/7/12/ferry"));

    [Theory]
    [InlineData("2013/harbour/8/3/ferry-runs-again", "2013-08-03")]
    [InlineData("2013/harbour/08/03/", "2013-08-03")]
    [InlineData("2013/harbour/8/3/", null)]
    [InlineData("2013/harbour/8/3/77", null)]
    [InlineData("2013/harbour/28/3/ferry", null)]
    public void A_section_may_stand_behind_the_year_of_an_address(string path, string? published)
    {
        using var document = TreeParser.Parse("<html><body><h1>Ferry runs again after the storm</h1></body></html>");
        var read = MetadataReader.Read(document, new("https://www.harbourpost.example/" + path));

        Assert.Equal(published, read.Published?.Value.ToString());
    }

    [Fact]
    public void Labelled_days_of_a_list_are_not_the_pages_own() =>
        Assert.Equal("2021-11-10", Published("""
            <p>10 November 2021</p><p>Published on 8 November 2021</p><p>More trips.</p><p>Published on 5 November 2021</p><p>Fewer trips.</p><p>Published on 3 November 2021</p>
            """));

    [Theory]
    [InlineData("""<p>14 March 2026</p><p>16 March 2026 updated</p>""", "2026-03-14", "2026-03-16")]
    [InlineData("""<p>2026年3月14日公開</p><p>2026年3月16日更新</p>""", "2026-03-14", "2026-03-16")]
    // What goes on is a phrase about something else.
    [InlineData("""<p>14 March 2026 updated timetable</p>""", "2026-03-14", null)]
    public void A_label_may_stand_behind_its_date(string html, string published, string? updated) => Assert.Equal((published, updated), Both(html));

    [Theory]
    // The picture was taken on the earlier day.
    [InlineData("""<p><span class="date">17 September 2019</span></p><ul><li>Lens: 180 mm</li><li>Date: 31 August 2019</li></ul>""", "2019-09-17")]
    [InlineData("""<p>Date: 31 August 2019</p><p>17 September 2019</p>""", "2019-08-31")]
    public void A_date_that_is_only_called_so_is_trusted_as_others_are(string html, string published) => Assert.Equal(published, Published(html));

    private static (string?, string?) Both(string html)
    {
        using var document = TreeParser.Parse("<html lang='en'><body><h1>Ferry runs again after the storm</h1>" + html + "</body></html>");
        var read = MetadataReader.Read(document, new("https://www.harbourpost.example/ferry"));
        return (read.Published?.Value.ToString(), read.Modified?.Value.ToString());
    }

    private static string? Published(string html, string url = "https://www.harbourpost.example/ferry")
    {
        using var document = TreeParser.Parse("<html lang='en'><body><h1>Ferry runs again after the storm</h1>" + html + "</body></html>");
        return MetadataReader.Read(document, new(url)).Published?.Value.ToString();
    }
}
