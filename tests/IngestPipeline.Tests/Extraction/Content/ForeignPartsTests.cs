using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class ForeignPartsTests
{
    private const string Article = $"<div><p>{NewsPage.Opening}<p>{NewsPage.Middle}<p>{NewsPage.Closing}</div>";

    [Fact]
    public void Comments_after_the_article_go_though_they_are_longer() =>
        Assert.Equal(
            [0, 1, 2], Kept($"{Article}<div class=comments><p>{NewsPage.Opening} I agree.<p>{NewsPage.Middle} So do I.<p>{NewsPage.Closing} We all do.</div>"));

    [Fact]
    public void Comments_under_their_heading_go_whatever_their_element_is_called() =>
        Assert.Equal(
            [0, 1, 2],
            Kept(
                $"{Article}<div class=talk><h3>24 comentarios</h3><p>{NewsPage.Opening} I agree.<p>{NewsPage.Middle} So do I.<p>{NewsPage.Closing} We all do.</div>"));

    [Fact]
    public void An_article_that_goes_on_after_a_part_called_comments_stays() =>
        Assert.Equal([0, 1, 2, 3, 4, 5], Kept($"{Article}<div><h3>Comments</h3><p>{NewsPage.Opening} I agree.</div><p>{NewsPage.Middle} So it went."));

    [Fact]
    public void An_element_around_the_article_is_no_comment() => Assert.Equal([0, 1, 2], Kept($"<div class=comments>{Article}</div>"));

    [Fact]
    public void A_sidebar_at_the_end_goes() => Assert.Equal([0, 1, 2], Kept($"{Article}<div class=sidebar><p>Column of the week<p>The race on Sunday</div>"));

    [Fact]
    public void A_frame_between_paragraphs_that_calls_itself_a_sidebar_stays() =>
        Assert.Equal([0, 1, 2, 3], Kept($"<p>{NewsPage.Opening}<p>{NewsPage.Middle}<div class=border-secondary><p>What to know</div><p>{NewsPage.Closing}"));

    [Fact]
    public void A_sidebar_with_most_of_the_text_stays() =>
        Assert.Equal([0, 1, 2, 3], Kept($"<p>Column<p>Of the week<div class=sidebar><p>{NewsPage.Opening}<p>{NewsPage.Middle}</div>"));

    [Fact]
    public void What_stands_under_a_removed_heading_over_links_in_its_element_goes() =>
        Assert.Equal(
            [0, 1, 5],
            Kept(
                $"<p>{NewsPage.Opening}<p>{NewsPage.Middle}<div><h3>Recent News</h3><p>Storm reaches the islands<p>What the sea leaves</div><p>{NewsPage.Closing}",
                removed: 2));

    [Theory]
    [InlineData("<p class=imageCaption>The ferry in the harbour on Monday</p>")]
    [InlineData("<div class='photo-caption mt-2'><span>The ferry in the harbour on Monday</span></div>")]
    public void Blocks_that_call_themselves_captions_go(string caption) =>
        Assert.Equal([0, 2, 4], Kept($"<div><p>{NewsPage.Opening}</p>{caption}<p>{NewsPage.Middle}</p>{caption}<p>{NewsPage.Closing}</div>"));

    [Fact]
    public void One_block_alone_that_calls_itself_a_credit_stays() =>
        Assert.Equal([0, 1, 2], Kept($"<p>{NewsPage.Opening}<p>{NewsPage.Middle}<div><span class=credit>Ask for the price before you board</span></div>"));

    [Fact]
    public void Captions_that_are_most_of_the_text_stay() =>
        Assert.Equal([0, 1, 2], Kept($"<p>The ferry<div class=caption><p>{NewsPage.Opening}</p></div><div class=caption><p>{NewsPage.Middle}</p></div>"));

    [Fact]
    public void An_element_around_several_blocks_is_no_caption() =>
        Assert.Equal([0, 1, 2], Kept($"<p>{NewsPage.Opening}<div class=caption><p>{NewsPage.Middle}<p>{NewsPage.Closing}</div>"));

    private const string Titles = "<p><a href=1>Storm reaches the islands</a><p><a href=2>What the sea leaves on the beach</a>";

    [Fact]
    public void Linked_titles_at_the_end_go() => Assert.Equal([0, 1, 2, 5], Kept($"{Article}{Titles}<p>© 2026 Example News"));

    [Theory]
    [InlineData("<h3>Sources</h3>")]
    [InlineData("<p>The report is made of these papers, all of which were written by the harbour office in the years before the storm:")]
    public void Linked_titles_that_the_text_names_stay(string before) => Assert.Equal([0, 1, 2, 3, 4, 5], Kept($"{Article}{before}{Titles}"));

    [Fact]
    public void A_headings_id_made_of_its_words_says_nothing() =>
        Assert.Equal([0, 1, 2, 3], Kept($"<p>{NewsPage.Opening}<p>{NewsPage.Middle}<h2 id=social-media>Social media</h2><p>{NewsPage.Closing}"));

    private static List<int> Kept(string body, params int[] removed)
    {
        using var document = TreeParser.Parse(body);
        var layout = PageSegmenter.Segment(document);
        return ForeignParts.Without(layout, [.. layout.Blocks.Select(b => b.Index).Except(removed)], BlockRules.Shipped);
    }
}
