using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class HeadlineCutTests
{
    private const string Article = $"<p>{NewsPage.Opening}<p>{NewsPage.Middle}<p>{NewsPage.Closing}<p>{NewsPage.Opening} {NewsPage.Middle} {NewsPage.Closing}";

    [Fact]
    public void What_stands_before_the_headline_goes_and_so_does_the_headline() =>
        Assert.Equal(
            [2, 3, 4, 5], Kept($"<ul><li>Storm reaches the islands, and the ferries stay in the harbour</ul><h1>Storm reaches the islands</h1>{Article}"));

    [Fact]
    public void A_title_below_the_article_cuts_nothing() =>
        Assert.Equal([0, 1, 2, 3, 4, 5], Kept($"{Article}<h3>Storm reaches the islands</h3><p>Share it"));

    [Fact]
    public void A_heading_of_a_part_may_say_the_title_once_more() =>
        Assert.Equal([1, 2, 3, 4, 5], Kept($"<h1>Storm reaches the islands</h1><h2>Storm reaches the islands</h2>{Article}"));

    [Theory]
    [InlineData("Storm reaches the islands By Jane Doe Thursday, April 2, 2026", 1)]
    [InlineData("Storm reaches the islands, and the ferries stay in the harbour", 0)]
    public void A_headline_that_runs_on_into_the_byline_goes(string first, int from) =>
        Assert.Equal(Enumerable.Range(from, 5 - from), Kept($"<p>{first}</p>{Article}"));

    private static List<int> Kept(string body)
    {
        using var document = TreeParser.Parse(body);
        var layout = PageSegmenter.Segment(document);
        var metadata = new ArticleMetadata { Title = new("Storm reaches the islands", "test") };
        return HeadlineCut.Without(layout, [.. layout.Blocks.Select(b => b.Index)], new(metadata), BlockRules.Shipped);
    }
}
