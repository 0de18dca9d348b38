using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class SiteBlocksTests
{
    private const string House = "The Harbour Gazette is printed on paper from the valley mills.";

    [Fact]
    public void Removes_a_block_that_two_other_articles_hold()
    {
        var articles = Enumerable.Range(0, 3).Select(n => Article(n)).ToList();
        var site = Learn(articles);

        var stripped = site.Strip(articles[1], isCounted: true);

        Assert.DoesNotContain(House, stripped.Text, StringComparison.Ordinal);
        Assert.Equal(articles[1].Blocks.Count - 1, stripped.Blocks.Count);
        var removed = Assert.Single(stripped.Removed);
        Assert.Equal((House, SiteBlocks.Rule, 4), (removed.Text, removed.Rule, removed.Position));
    }

    [Fact]
    public void Keeps_a_block_that_one_other_article_holds()
    {
        var articles = Enumerable.Range(0, 2).Select(n => Article(n)).ToList();
        Assert.Same(articles[0], Learn(articles).Strip(articles[0], isCounted: true));
    }

    [Fact]
    public void Leaves_an_article_whole_that_the_site_published_three_times()
    {
        var articles = Enumerable.Repeat(Article(1), 3).ToList();
        Assert.Same(articles[0], Learn(articles).Strip(articles[0], isCounted: true));
    }

    [Fact]
    public void Learns_the_same_in_any_order()
    {
        var articles = Enumerable.Range(0, 6).Select(n => Article(n % 4)).ToList();
        var (forth, back) = (Learn(articles), Learn(Enumerable.Reverse(articles)));
        Assert.All(articles, a => Assert.Equal(forth.Strip(a, true).Text, back.Strip(a, true).Text));
    }

    [Fact]
    public void Strips_what_was_stripped_no_further()
    {
        var articles = Enumerable.Range(0, 4).Select(n => Article(n)).ToList();
        var site = Learn(articles);
        var once = site.Strip(articles[0], isCounted: true);
        Assert.Same(once, site.Strip(once, isCounted: true));
    }

    private static SiteBlocks Learn(IEnumerable<ExtractedArticle> articles)
    {
        var site = new SiteBlocks();
        foreach (var article in articles)
            site.Add(article);
        return site;
    }

    private static ExtractedArticle Article(int number) => new()
    {
        Outcome = ExtractionOutcome.Article,
        Blocks = [.. Enumerable.Range(0, 4).Select(n => new Block(BlockKind.Paragraph, $"Paragraph {n} of report {number} says what nobody else says.")), new(BlockKind.Paragraph, House)],
    };
}
