using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class HeadlineRulesTests
{
    [Theory]
    [InlineData("""<h1><span class="kicker">Islands</span> Ferry runs again after the storm</h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1><div class="topic-label">Islands</div>Ferry runs again after the storm</h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1>Ferry runs again after the storm<span class="visually-hidden"> | Harbour Post</span></h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1><span class="topline"><span>27.01.2026</span></span>Ferry runs again after the storm</h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1>Ferry runs again after the storm <a href="#" class="watch">Add to ...</a></h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1>Ferry runs again after the storm<button>Save</button></h1>""", "Ferry runs again after the storm")]
    [InlineData("""<h1><a href="#">Ferry runs again after the storm</a></h1>""", "Ferry runs again after the storm")]
    public void Takes_off_what_stands_inside_the_heading_but_is_no_headline(string heading, string title) => Assert.Equal(title, Title(heading));

    [Theory]
    [InlineData("""<h1><span class="kicker">Islands</span>: Ferry runs again after the storm</h1>""")]
    [InlineData("""<h1><span class="kicker">Islands</span><span class="sr-only">: </span>Ferry runs again after the storm</h1>""")]
    public void Keeps_a_kicker_that_a_colon_joins_to_the_headline(string heading) => Assert.Equal("Islands: Ferry runs again after the storm", Title(heading));

    [Fact]
    public void Keeps_a_heading_whose_kicker_is_all_there_is() => Assert.Equal("Islands", Title("""<h1><span class="kicker">Islands</span></h1>"""));

    [Fact]
    public void Prefers_the_heading_that_linked_data_and_open_graph_agree_on() =>
        Assert.Equal("Ferry runs again: islanders wait no longer", Title("""
            <title>Ferry today: when it sails</title><meta property="og:title" content="Ferry runs again: islanders wait no longer">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry runs again: islanders wait no longer"}</script>
            <h1>Ferry today: when it sails</h1><h2>Ferry runs again: islanders wait no longer</h2>
            """));

    [Fact]
    public void Takes_no_motto_for_the_headline() =>
        Assert.Equal("The longest pier of the islands", Title("""
            <meta property="og:title" content="The longest pier of the islands"><script type="application/ld+json">{"@type":"Article","headline":"The longest pier of the islands"}</script>
            <h1>When, if not now ...</h1><p>Text.</p>
            """));

    [Fact]
    public void Passes_over_the_mastheads_heading() =>
        Assert.Equal("Where to walk your dog on the islands", Title("""
            <title>Dog walks | Harbour Post</title><h1><a href="/">Harbour Post</a></h1><h1>Where to walk your dog on the islands</h1>
            """));

    [Fact]
    public void Finds_a_headline_that_is_no_heading_for_what_stands_below_it()
    {
        var metadata = Read("""
            <meta property="og:title" content="Ferry runs again after the storm"><div class="quote">Ferry runs again after the storm</div><div>By Ann Larsen</div>
            <div class="cards"><h3>Ferry runs again after the storm</h3><div>By Bo Berg</div></div>
            """);

        Assert.Equal(["Ann Larsen"], metadata.Authors!.Value);
    }

    [Theory]
    [InlineData("Ferry runs again after the storm | Islands")]
    [InlineData("Ferry runs again after the storm | Harbour")]
    public void Takes_off_the_section_and_a_part_of_the_domains_name_behind_a_bar(string title) =>
        Assert.Equal(
            "Ferry runs again after the storm",
            Title($"""<meta property="og:title" content="{title}"><meta property="article:section" content="Islands"><p>Text.</p>"""));

    [Fact]
    public void Keeps_a_word_behind_a_bar_that_is_neither() =>
        Assert.Equal("Ferry runs again | Opinion", Title("""<meta property="og:title" content="Ferry runs again | Opinion"><p>Text.</p>"""));

    [Theory]
    [InlineData("雨落群岛渡轮复航-海港网")]
    [InlineData("雨落群岛渡轮复航--海港日报")]
    [InlineData("雨落群岛渡轮复航_海港传媒")]
    public void Takes_off_what_names_itself_an_outlet_in_a_script_without_blanks(string title) =>
        Assert.Equal("雨落群岛渡轮复航", Title($"""<meta property="og:title" content="{title}"><p>Text.</p>"""));

    [Theory]
    // The address of what an entry is about with the number of answers; a month in an element of its own.
    [InlineData("""<title>Ferry runs again after the storm</title><h2><a href="/1">Ferry runs again after the storm</a> <span>(islandnews.example)</span> 87</h2>""")]
    [InlineData("""<title>Ferry runs again after the storm</title><h2><a href="/1">Ferry runs again after the storm</a> <span>/ Dec 2025</span></h2>""")]
    // The site's domain and name without a blank between.
    [InlineData("""<title>harbourpost.example Ferry runs again after the storm</title><p>Text.</p>""")]
    [InlineData("""<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="Ferry runs again after the storm:Harbour Post"><p>Text.</p>""")]
    public void Takes_off_what_stands_before_or_behind_the_headline_that_other_titles_lack(string html) =>
        Assert.Equal("Ferry runs again after the storm", Title(html));

    [Theory]
    [InlineData("""<title>Winners 2025</title><h1>Ferry race winners of the islands 2025</h1>""", "Ferry race winners of the islands 2025")]
    [InlineData("""<title>Ferry runs again</title><h1>Ferry runs again (at last)</h1>""", "Ferry runs again (at last)")]
    [InlineData("""<meta property="og:title" content="Ferry:runs again after the storm"><p>Text.</p>""", "Ferry:runs again after the storm")]
    public void Keeps_what_belongs_to_the_headline(string html, string title) => Assert.Equal(title, Title(html));

    [Fact]
    public void A_sections_heading_gives_way_to_the_title_that_the_address_spells() =>
        Assert.Equal("Ferry runs again after the long storm", MetadataOf(
            """<title>Islands</title><meta property="og:title" content="Ferry runs again after the long storm"><h1>Meldungen und mehr</h1><p>Text.</p>""",
            "https://www.harbourpost.example/news/ferry-runs-again-after-the-long-storm/").Title?.Value);

    [Fact]
    public void A_sections_heading_stays_where_the_address_spells_something_else() =>
        Assert.Equal("Meldungen und mehr", MetadataOf(
            """<title>Islands</title><meta property="og:title" content="Ferry runs again after the long storm"><h1>Meldungen und mehr</h1><p>Text.</p>""",
            "https://www.harbourpost.example/news/").Title?.Value);

    private static string? Title(string html) => Read(html).Title?.Value;

    private static ArticleMetadata Read(string html) => MetadataOf(html, "https://www.harbourpost.example/2026/ferry");

    private static ArticleMetadata MetadataOf(string html, string url)
    {
        using var document = TreeParser.Parse("<html><body>" + html + "</body></html>");
        return MetadataReader.Read(document, new(url));
    }
}
