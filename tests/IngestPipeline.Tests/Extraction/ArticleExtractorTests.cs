using System.Text;
using IngestPipeline.Extraction;
using IngestPipeline.Tests.Extraction.Content;

namespace IngestPipeline.Tests.Extraction;

public sealed class ArticleExtractorTests
{
    private static readonly ArticleExtractor Extractor = new();

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Extraction", "Fixtures", "harbour.html"));
    private static readonly string Expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Extraction", "Fixtures", "harbour.expected.txt"));

    [Fact]
    public void Takes_the_article_and_nothing_else_out_of_a_page() => Assert.Equal(Expected.ReplaceLineEndings("\n").Trim(), Extract(Page).Text);

    [Fact]
    public void Says_why_each_block_near_the_article_was_removed()
    {
        var removed = Extract(Page).Removed;

        Assert.Contains(removed, r => r.Text.StartsWith("Also read", StringComparison.Ordinal));
        Assert.All(removed, r => Assert.False(string.IsNullOrWhiteSpace(r.Rule) || string.IsNullOrWhiteSpace(r.Reason)));
    }

    [Fact]
    public void The_end_of_a_comment_whose_beginning_is_lost_is_no_text() =>
        Assert.DoesNotContain(
            "-->", NewsPage.Extract(NewsPage.Html(NewsPage.P(NewsPage.Opening) + NewsPage.P(NewsPage.Middle) + NewsPage.P(NewsPage.Closing + " -->"))).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Language_is_the_articles_where_the_pages_long_lines_are_in_another()
    {
        var article = NewsPage.Extract(NewsPage.Html(
            NewsPage.P(NewsPage.Opening.Replace(", ", ",<br>", StringComparison.Ordinal))
                + NewsPage.P(NewsPage.Middle.Replace(" and ", "<br>and ", StringComparison.Ordinal).Replace("; ", ";<br>", StringComparison.Ordinal))
            + NewsPage.P(NewsPage.Closing.Replace(" that ", "<br>that ", StringComparison.Ordinal).Replace(", ", ",<br>", StringComparison.Ordinal)))
            .Replace(
                "</body>",
                "<div class=\"legal\">"
                    + string.Concat(
                        Enumerable.Repeat(
                            "<div><a href=\"/da\">Denne side bruger cookies, og vi gemmer dem ikke længere, end vi skal, hvis du ikke siger ja til det.</a></div>",
                            4))
                    + "</div></body>",
                StringComparison.Ordinal));

        Assert.Equal(("en", "text"), (article.Metadata.Language?.Value, article.Metadata.Language?.Source));
    }

    [Fact]
    public void Cleaned_text_read_as_plain_text_loses_nothing()
    {
        var once = Extract(Page).Text;

        Assert.Equal(once, Extractor.Extract(new(Encoding.UTF8.GetBytes(once), IsPlainText: true)).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body></body></html>")]
    [InlineData("<nav><a href=/>Home</a><a href=/a>News</a></nav>")]
    public void A_page_without_text_says_so(string html) => Assert.Equal(ExtractionOutcome.NoText, Extract(html).Outcome);

    [Fact]
    public void Never_throws_and_never_runs_away_on_mutated_pages()
    {
        string[] pieces = ["<", ">", "</p>", "<p>", "<div class=", "\"", "'", "<!--", "-->", "<script>", "</script>", "&amp;", "&#x0;", "&#xD800;", "\uD800", "\0", "\u202E", "<table><td>", "<a href=", "{\"@context\":", "<svg><p>", "<template>"];
        for (var seed = 0; seed < 120; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder(Page);
            for (var k = 0; k < 30; k++)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Insert(at, pieces[random.Next(pieces.Length)]);
                else
                    text.Remove(at, Math.Min(text.Length - at, random.Next(40)));
            }

            var article = Extract(text.ToString());

            Assert.All(article.Blocks, b => Assert.True(b.Text.IsNormalized() && b.Text.Length > 0));
        }
    }

    [Fact]
    public void Random_bytes_give_a_result()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var bytes = new byte[2000];
            new Random(seed).NextBytes(bytes);

            Assert.NotNull(Extractor.Extract(new(bytes, ContentType: seed % 2 == 0 ? "text/html; charset=shift_jis" : null, IsPlainText: seed % 3 == 0)).Text);
        }
    }

    private static ExtractedArticle Extract(string html) => Extractor.Extract(new(Encoding.UTF8.GetBytes(html)));
}
