using IngestPipeline.Extraction;
using IngestPipeline.Tests.Extraction.Content;

namespace IngestPipeline.Tests.Extraction;

public sealed class OutcomeTests
{
    private static readonly string Titles = string.Concat(
        Enumerable.Range(1, 30).Select(i => $"<div class=teaser><h3><a href=/story-{i}>The council of town number {i} votes on its harbour</a></h3></div>"));

    [Fact]
    public void Front_page_is_no_article() =>
        Assert.Equal(
            (ExtractionOutcome.NotAnArticle, "a front page"),
            Of($"<html><head><title>Example News</title></head><body>{Titles}</body></html>", "https://news.example/"));

    [Fact]
    public void List_of_articles_is_no_article() =>
        Assert.Equal(
            (ExtractionOutcome.NotAnArticle, "a list of links to articles"),
            Of($"<html><head><title>World</title></head><body><h1>World</h1>{Titles}</body></html>", "https://news.example/world"));

    [Fact]
    public void Menu_without_a_sentence_is_no_text() =>
        Assert.Equal((ExtractionOutcome.NoText, "no running text was found"), Of(
            $"<html><head><title>The bridge opens</title></head><body><h1>The bridge opens</h1><div>{string.Concat(Enumerable.Range(1, 12).Select(i => $"<p>Programme {i} of Sunday</p>"))}</div></body></html>",
            "https://radio.example/the-bridge-opens"));

    [Theory]
    [InlineData("ImageGallery", "a gallery with little text")]
    [InlineData("VideoObject", "a video page with little text")]
    public void Gallery_and_video_page_say_what_they_are(string type, string reason) =>
        Assert.Equal((ExtractionOutcome.NotAnArticle, reason), Of(
            $$"""<html><head><script type="application/ld+json">{"@context":"https://schema.org","@type":"{{type}}","name":"The harbour in pictures"}</script></head><body><h1>The harbour in pictures</h1><p>Storm waves hit the harbour on Monday, and our readers sent these views of the day.</p></body></html>""",
            "https://news.example/pictures/1"));

    [Fact]
    public void Article_with_a_gallery_is_an_article() =>
        Assert.Equal((ExtractionOutcome.Article, null), Of(NewsPage.Html(
            string.Concat(Enumerable.Repeat(NewsPage.Opening + NewsPage.Middle + NewsPage.Closing, 2).Select((t, i) => NewsPage.P($"On day {i}: {t}"))),
            """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry arrives late after pump fails"}</script>"""), "https://news.example/ferry"));

    [Fact]
    public void Short_start_of_a_page_that_is_not_free_is_paywalled() =>
        Assert.Equal(ExtractionOutcome.Paywalled, NewsPage.Extract(NewsPage.Html(NewsPage.P(NewsPage.Opening) + NewsPage.P(NewsPage.Middle),
            """<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,"headline":"Ferry arrives late after pump fails"}</script>""")).Outcome);

    private static (ExtractionOutcome Outcome, string? Reason) Of(string html, string url)
    {
        var article = NewsPage.Extract(html, url);
        return (article.Outcome, article.Reason);
    }
}
