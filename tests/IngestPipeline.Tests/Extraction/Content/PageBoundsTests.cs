using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Tests.Deduplication;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class PageBoundsTests
{
    private const string Comment = $"<li class=comment><p>{NewsPage.Closing}</li>";

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(100)]
    [InlineData(300)]
    public void An_article_of_any_length_is_kept_to_its_end(int reports)
    {
        var paragraphs = Enumerable.Range(1, reports).SelectMany(i => Texts.Report(i).Split("\n\n")).Distinct().ToList();

        var article = NewsPage.ExtractBody(string.Concat(paragraphs.Select(NewsPage.P)));

        Assert.Equal(paragraphs[^1], article.Blocks.Last(b => b.InText).Text);
        Assert.True(article.Text.Length >= paragraphs.Sum(p => p.Length) * 95L / 100);
    }

    [Fact]
    public void A_page_of_a_common_length_is_measured_as_it_is() => Assert.Equal(PageBounds.None, Bounds($"<div>{Paragraphs(59)}</div>"));

    [Fact]
    public void A_page_with_a_long_article_is_bounded() => Assert.InRange(Bounds($"<div>{Paragraphs(60)}</div>").Paragraphs, 1, 60);

    [Fact]
    public void A_long_talk_is_kept_to_its_end()
    {
        var said = Enumerable.Range(1, 80).SelectMany(i => Texts.Report(i).Split("\n\n")).Distinct().ToList();

        var article = NewsPage.ExtractBody(
            $"<dl>{string.Concat(said.Chunk(3).Select((turn, i) => $"<dt>{(i % 2 == 0 ? "Host" : "Guest")}</dt><dd>{string.Concat(turn.Select(NewsPage.P))}</dd>"))}</dl>");

        Assert.True(article.Text.Length >= said.Sum(p => p.Length) * 95L / 100);
    }

    [Fact]
    public void An_article_in_chapters_is_bounded() =>
        Assert.NotEqual(PageBounds.None, Bounds($"<div>{string.Concat(Enumerable.Repeat($"<section><h2>Chapter</h2>{Paragraphs(6)}</section>", 10))}</div>"));

    [Fact]
    public void Many_comments_are_no_long_article() =>
        Assert.Equal(PageBounds.None, Bounds($"<div>{Paragraphs(20)}</div><ul>{string.Concat(Enumerable.Repeat(Comment, 300))}</ul>"));

    private static string Paragraphs(int count) => string.Concat(Enumerable.Repeat(NewsPage.P(NewsPage.Middle), count));

    private static PageBounds Bounds(string body)
    {
        using var document = TreeParser.Parse(body);
        var layout = PageSegmenter.Segment(document);
        var isProse = layout.Blocks.Select(Prose.IsProse).ToArray();
        return PageBounds.Of(layout, isProse, isProse.Count(p => p));
    }
}
