using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class BlockChoiceTests
{
    [Fact]
    public void Keeps_what_is_likelier_article_than_not_on_a_plain_page() =>
        Assert.Equal([0, 1], BlockChoice.Choose(Layout($"<p>{NewsPage.Opening}<p>{NewsPage.Closing}<p>Follow us"), [5_000, 4_000, -3_000]));

    [Fact]
    public void Keeps_more_where_the_model_is_unsure_of_the_whole_page() =>
        Assert.Equal([0, 1], BlockChoice.Choose(Layout($"<p>{NewsPage.Opening}<p>{NewsPage.Closing}"), [-300, -500]));

    [Fact]
    public void Items_of_a_list_stand_or_fall_together() =>
        Assert.Equal(
            [0, 1, 2, 3],
            BlockChoice.Choose(Layout($"<p>{NewsPage.Opening}<ul><li>Blankets for all<li>Warm tea<li>Two new pumps</ul>"), [5_000, 1_500, -400, 1_200]));

    [Fact]
    public void Long_items_of_a_list_speak_for_themselves() =>
        Assert.Equal(
            [0, 2],
            BlockChoice.Choose(
                Layout($"<ul><li>{NewsPage.Opening} {NewsPage.Middle}<li>{NewsPage.Middle} {NewsPage.Closing}<li>{NewsPage.Closing} {NewsPage.Opening}</ul>"),
                [5_000, -4_000, 5_000]));

    [Fact]
    public void Nothing_is_kept_of_a_page_without_blocks() => Assert.Empty(BlockChoice.Choose(Layout(""), []));

    private static PageLayout Layout(string body)
    {
        using var document = TreeParser.Parse(body);
        return PageSegmenter.Segment(document);
    }
}
