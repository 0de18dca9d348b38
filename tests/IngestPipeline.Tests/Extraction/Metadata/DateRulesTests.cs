using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class DateRulesTests
{
    [Theory]
    // Half past nine in the evening at UTC-3 is half past midnight of the next day in UTC: the reader was shown the third.
    [InlineData("""<meta property="article:published_time" content="2022-05-04T00:30:12Z"><div class="posts"><p>Some text of the article.</p></div><footer><span class="date">3 May 2022 21:30</span></footer>""", "2022-05-03T21:30:00")]
    // Twenty minutes away is another moment.
    [InlineData("""<meta property="article:published_time" content="2022-05-04T00:30:12Z"><footer><span class="date">3 May 2022 21:50</span></footer>""", "2022-05-04T00:30:12Z")]
    [InlineData("""<span class="stamp-time">30 Sep 2022, 11:07</span><p>Text.</p><p class="published">First published 26 September 2019, 16:12</p>""", "2019-09-26T16:12:00")]
    [InlineData("""<span class="date-created">2 تير 1399</span>""", "2020-06-22")]
    public void Takes_the_day_that_the_page_shows_its_readers(string html, string published) => Assert.Equal(published, Published(html));

    [Fact]
    public void A_day_that_a_long_sentence_tells_of_gives_way_to_a_time_element() =>
        Assert.Equal("2025-01-17", Published("""
            <p>The end of the season for most islanders who keep a boat in the harbour is April 15, 2025. Those who need longer may ask the harbour office.</p>
            <div><time datetime="2025-01-17">17 Jan</time></div>
            """));

    private static string? Published(string html)
    {
        using var document = TreeParser.Parse("<html lang='en'><body><h1>Ferry runs again after the storm</h1>" + html + "</body></html>");
        return MetadataReader.Read(document, new("https://www.harbourpost.example/ferry")).Published?.Value.ToString();
    }
}
