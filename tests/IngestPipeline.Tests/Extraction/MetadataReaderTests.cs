using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class MetadataReaderTests
{
    private const string Paragraph =
        "<p>The ferry was late because the harbour had been closed since the storm, and nobody knew when it would open again for the boats.</p>";

    [Fact]
    public void Reads_an_article_that_says_everything_in_json_ld()
    {
        var metadata = Read("""
            <html lang="en-GB"><head><title>Harbour reopens | The Daily Example</title>
            <meta property="og:site_name" content="The Daily Example"><meta property="og:image" content="/lead.jpg">
            <link rel="canonical" href="https://example.org/harbour">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour reopens","datePublished":"2026-03-14T09:30:00+01:00",
            "dateModified":"2026-03-15T10:00:00+01:00","author":[{"@type":"Person","name":"Ann Larsen"},{"@type":"Person","name":"Bo Berg"}],
            "articleSection":"Islands","isAccessibleForFree":"False","articleBody":"<p>One.</p><p>Two.</p>"}</script></head>
            <body><h1>Harbour reopens</h1>
            """ + Paragraph);

        Assert.Equal("Harbour reopens", metadata.Title?.Value);
        Assert.Equal(["Ann Larsen", "Bo Berg"], metadata.Authors!.Value);
        Assert.Equal("2026-03-14T09:30:00+01:00", metadata.Published?.Value.ToString());
        Assert.Equal("2026-03-15T10:00:00+01:00", metadata.Modified?.Value.ToString());
        Assert.Equal("json-ld:datePublished", metadata.Published?.Source);
        Assert.Equal("The Daily Example", metadata.Outlet?.Value);
        Assert.Equal("Islands", metadata.Section?.Value);
        Assert.Equal("en", metadata.Language?.Value);
        Assert.Equal("https://example.org/harbour", metadata.CanonicalUrl?.Value);
        Assert.Equal("https://example.org/lead.jpg", metadata.LeadImage?.Value);
        Assert.Equal("One.\nTwo.", metadata.ArticleBody);
        Assert.False(metadata.IsFree);
        Assert.Contains("NewsArticle", metadata.Types);
    }

    [Theory]
    [InlineData("<title>Harbour reopens - The Daily Example</title>", "", "Harbour reopens")]
    [InlineData("<title>The Daily Example » Harbour reopens</title>", "<h1><a href='/'>The Daily Example</a></h1><h2>Harbour reopens</h2>", "Harbour reopens")]
    [InlineData(
        "<title>Harbour reopens</title><meta property='og:title' content='Harbour reopens after the storm'>",
        "<h1>Islands: Harbour reopens after the storm</h1>", "Islands: Harbour reopens after the storm")]
    [InlineData(
        "<meta property='og:title' content='Harbour reopens after the storm'>", "<h1><span>Islands</span> Harbour reopens after the storm</h1>",
        "Harbour reopens after the storm")]
    [InlineData(
        "<meta property='og:title' content='Harbour reopens after the storm'>",
        "<nav><h1>Menu of the day</h1></nav><h1>Harbour reopens after the storm at last</h1>", "Harbour reopens after the storm at last")]
    public void Finds_the_headline(string head, string body, string expected) =>
        Assert.Equal(expected, Read($"<head>{head}<meta property='og:site_name' content='The Daily Example'></head><body>{body}{Paragraph}").Title?.Value);

    [Theory]
    [InlineData("<p class='byline'>By <a>Ann Larsen</a> and <a>Bo Berg</a>, Staff Writers</p>", "Ann Larsen|Bo Berg")]
    [InlineData("<p class='byline'>By Ann Larsen | March 14, 2026 | 5 min read</p>", "Ann Larsen")]
    [InlineData("<p>Von Ann Larsen und Bo Berg</p>", "Ann Larsen|Bo Berg")]
    [InlineData("<p>Por Ana Lopes, em Lisboa</p>", "Ana Lopes")]
    [InlineData("<p>By Ann Larsen, The Associated Press</p>", "Ann Larsen")]
    [InlineData("<p>By Ann Larsen. Edited by Bo Berg</p>", "Ann Larsen")]
    [InlineData("<p>Posted on March 14, 2026 by Ann Larsen</p>", "Ann Larsen")]
    [InlineData("<p>Ann Larsen</p><p>March 14, 2026</p>", "Ann Larsen")]
    [InlineData("<span class='author'>ann@example.org</span><span class='author'>Ann Larsen</span>", "Ann Larsen")]
    [InlineData("<span class='author-name'>김하나 기자</span>", "김하나")]
    [InlineData("<div class='comment-author'>Bo Berg</div>", "")]
    [InlineData("<p>By Tuesday the harbour will be open.</p>", "")]
    public void Reads_bylines_that_readers_see(string byline, string expected)
    {
        var metadata = Read($"<title>Harbour reopens after the storm</title><h1>Harbour reopens after the storm</h1>{byline}{Paragraph}");

        Assert.Equal(expected, string.Join('|', metadata.Authors?.Value ?? []));
    }

    [Theory]
    [InlineData("<time datetime='2026-03-14T09:30:00Z'>today</time>", "2026-03-14T09:30:00Z")]
    [InlineData("<p>Published: 14 March 2026, 09:30</p>", "2026-03-14T09:30:00")]
    [InlineData("<span class='date'>Updated March 15, 2026</span><span class='date'>Published March 14, 2026</span>", "2026-03-14")]
    [InlineData("<p>© 2026 Example</p>", "2025-12-31")]
    [InlineData("<div class='related'><time datetime='2026-05-05'>May 5</time></div>", "2025-12-31")]
    public void Reads_dates_that_readers_see(string date, string expected)
    {
        var metadata = Read(
            $"<title>Harbour reopens after the storm</title><h1>Harbour reopens after the storm</h1>{date}{Paragraph}",
            "https://example.org/2025/12/31/harbour");

        Assert.Equal(expected, metadata.Published?.Value.ToString());
    }

    [Fact]
    public void Day_shown_beside_the_headline_wins_over_the_utc_day_next_to_it()
    {
        var metadata = Read("""
            <title>Harbour reopens after the storm</title>
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour reopens after the storm","datePublished":"2026-03-14T23:30:00Z"}</script>
            <h1>Harbour reopens after the storm</h1><p>15.03.2026, 00:30 Uhr</p>
            """ + Paragraph);

        Assert.Equal("2026-03-15", metadata.Published?.Value.Day.ToString("yyyy-MM-dd"));
    }

    [Fact]
    public void Doubtful_date_is_read_as_another_date_confirms()
    {
        var metadata = Read("<html lang=en><meta name=pubdate content='03/04/2026'><h1>Harbour reopens after the storm</h1><p>3 April 2026</p>" + Paragraph);

        Assert.Equal("2026-04-03", metadata.Published?.Value.ToString());
    }

    [Fact]
    public void Text_decides_the_language_when_the_template_is_another_ones()
    {
        var german = "<p>Die Fähre war verspätet, weil der Hafen seit dem Sturm am Montag gesperrt war und niemand wusste, wann er wieder öffnet. Das sagte die Stadt am Dienstag, die auch für die Busse zuständig ist und nun prüft, was zu tun ist.</p>";

        Assert.Equal(
            ("de", "text"), (Read($"<html lang=en><h1>Hafen</h1>{german}").Language!.Value, Read($"<html lang=en><h1>Hafen</h1>{german}").Language!.Source));
    }

    [Fact]
    public void Agency_and_place_come_from_the_dateline()
    {
        var metadata =
            Read("<h1>Harbour reopens</h1><p>AMMAN, Dec 2 (Reuters) - The ferry was late because the harbour had been closed since the storm on Monday.</p>");

        Assert.Equal(("Reuters", "AMMAN"), (metadata.Agency?.Value, metadata.DatelinePlace?.Value));
    }

    [Fact]
    public void Outlet_that_names_itself_in_its_dateline_is_no_agency()
    {
        const string Page = "<h1>Ferry drifts</h1><p>PORT ALDEN (KXPA) — The ferry lost power in the sound on Saturday morning and drifted for two hours.</p>";

        Assert.Equal(
            (null, "PORT ALDEN"), (Read(Page, "https://kxpa.example/ferry").Agency?.Value, Read(Page, "https://kxpa.example/ferry").DatelinePlace?.Value));
        Assert.Equal("KXPA", Read(Page, "https://herald.example/ferry").Agency?.Value);
    }

    [Fact]
    public void An_agency_that_no_table_lists_is_no_author_where_the_dateline_names_it()
    {
        var metadata = Read(
            "<meta name=author content='Northwire'><h1>Ferry drifts</h1><p>PORT ALDEN (Northwire) — The ferry lost power in the sound on Saturday morning and drifted for two hours.</p>");

        Assert.Equal(("Northwire", "PORT ALDEN"), (metadata.Agency?.Value, metadata.DatelinePlace?.Value));
        Assert.Null(metadata.Authors);
        Assert.Equal("Northwire", Assert.Single(metadata.Credit!.Value));
    }

    [Fact]
    public void Microdata_is_read_like_json_ld()
    {
        var metadata = Read("""
            <article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Harbour reopens</h1>
            <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ann Larsen</span></span>
            <meta itemprop="datePublished" content="2026-03-14"></article>
            """);

        Assert.Equal("Ann Larsen", Assert.Single(metadata.Authors!.Value));
        Assert.Equal("2026-03-14", metadata.Published?.Value.ToString());
    }

    [Fact]
    public void A_section_that_a_content_system_gives_where_none_was_chosen_is_none()
    {
        Assert.Equal("Islands", Read("<meta property='article:section' content='Front-Page'><meta name='section' content='Islands'>").Section?.Value);
        Assert.Null(Read("<meta property='article:section' content='Uncategorized'>").Section);
    }

    [Fact]
    public void The_front_page_is_no_other_pages_canonical_address()
    {
        const string Html =
            "<html><head><link rel=canonical href='https://example.org/'><meta property='og:url' content='https://example.org/harbour'></head></html>";
        using var document = TreeParser.Parse(Html);

        Assert.Equal("https://example.org/harbour", MetadataReader.Read(document, new("https://example.org/harbour?ref=1")).CanonicalUrl?.Value);
        Assert.Equal("https://example.org/", MetadataReader.Read(document, new("https://example.org/")).CanonicalUrl?.Value);
    }

    [Fact]
    public void Scripts_as_addresses_are_not_taken()
    {
        var metadata = Read("<link rel=canonical href='javascript:alert(1)'><meta property='og:image' content='data:text/html,x'>");

        Assert.Null(metadata.CanonicalUrl);
        Assert.Null(metadata.LeadImage);
    }

    [Fact]
    public void Empty_page_says_nothing()
    {
        var metadata = Read("");

        Assert.Null(metadata.Title);
        Assert.Null(metadata.Authors);
        Assert.Null(metadata.Published);
        Assert.Null(metadata.Language);
    }

    [Fact]
    public void Never_throws_on_damaged_pages()
    {
        string[] parts =
        [
            "<h1>", "</h1>", "<time datetime='", "2026-03-14", "'>", "By Ann Larsen", "<p class='byline author date'>", "</p>",
            "<script type='application/ld+json'>", "{\"@type\":\"NewsArticle\",",
            "\"author\":[{\"name\":", "\"Ann\"}]}", "</script>", "<meta property='og:title' content='", "A | B - C'>", "<title>", "</title>", "\ud83d",
            "\u202e", "<div itemscope itemprop='author' itemtype='", "<html lang='", "\0", "(AP) — ", " | ",
        ];
        var random = new Random(20260314);
        for (var i = 0; i < 3_000; i++)
            Assert.NotNull(Read(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)]))));
    }

    [Fact]
    public void Huge_pages_of_marks_are_read_in_part()
    {
        var html =
            "<title>Harbour</title>" + string.Concat(Enumerable.Repeat("<div class='author date'><span itemprop='author' itemscope>By Ann 1.2.2026", 2_000));

        Assert.NotNull(Read(html));
    }

    private static ArticleMetadata Read(string html, string url = "https://example.org/harbour")
    {
        using var document = TreeParser.Parse(html);
        return MetadataReader.Read(document, new Uri(url));
    }
}
