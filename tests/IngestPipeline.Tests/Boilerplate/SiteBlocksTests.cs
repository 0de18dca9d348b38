using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class SiteBlocksTests
{
    private const string House = "The Harbour Gazette is printed on paper from the valley mills.";

    [Fact]
    public void Removes_a_block_that_three_other_articles_end_with()
    {
        var article = Article(9, House);

        var (blocks, removed) = Learn(Articles(3, House)).Strip(article, [])!.Value;

        Assert.Equal(article.SkipLast(1), blocks);
        Assert.Equal(new StrippedBlock(House, SiteBlocks.Rule, SiteBlocks.Reason, 8), Assert.Single(removed));
    }

    [Fact]
    public void Keeps_a_block_that_two_other_articles_end_with() => Assert.Null(Learn(Articles(2, House)).Strip(Article(9, House), []));

    [Fact]
    public void An_article_does_not_count_against_its_own_blocks()
    {
        var articles = Articles(3, House);
        Assert.Null(SiteBlocks.Of(Samples(articles), isIncluded: true).Strip(articles[0], []));
    }

    [Fact]
    public void Keeps_a_background_paragraph_that_a_tenth_of_the_articles_do_not_have()
    {
        var background = "The bridge was closed in the spring after a barge had struck it.";
        var all = Enumerable.Range(0, 60).Select(n => n < 5 ? Inside(n, background) : Article(n));
        Assert.Null(Learn(all).Strip(Inside(90, background), []));
    }

    [Fact]
    public void Removes_a_box_inside_the_text_that_many_articles_have()
    {
        var box = "Our letter about the harbour comes every morning; tell us where to send it.";
        var all = Enumerable.Range(0, 60).Select(n => n < 12 ? Inside(n, box) : Article(n));
        Assert.Equal(box, Assert.Single(Learn(all).Strip(Inside(90, box), [])!.Value.Removed).Text);
    }

    [Fact]
    public void Keeps_a_label_over_a_part_of_every_article()
    {
        List<Block> labelled = [.. Article(9).Take(3), new(BlockKind.Paragraph, "Why it matters"), .. Article(9).Skip(3)];
        Assert.Null(
            Learn(
                Enumerable.Range(0, 20).Select(n => (IReadOnlyList<Block>)[.. Article(n).Take(3), new(BlockKind.Paragraph, "Why it matters"), .. Article(n).Skip(3)])).Strip(labelled,
                []));
    }

    [Fact]
    public void Removes_a_label_that_nothing_follows() =>
        Assert.Equal("Harbour Gazette", Assert.Single(Learn(Articles(3, "Harbour Gazette")).Strip(Article(9, "Harbour Gazette"), [])!.Value.Removed).Text);

    [Fact]
    public void Leaves_an_article_whole_that_the_site_published_four_times()
    {
        var again = Enumerable.Range(0, 4).Select(_ => Article(1)).ToList();
        Assert.Null(Learn(again).Strip(again[0], []));
    }

    [Fact]
    public void Learns_the_same_in_any_order()
    {
        var samples =
            Samples(Enumerable.Range(0, 12).Select(n => Article(n, n % 3 == 0 ? House : "Another end of another report, of which there are some."))).ToList();
        var (forth, back) = (SiteBlocks.Of(samples), SiteBlocks.Of(Enumerable.Reverse(samples)));
        Assert.Equal(forth.Blocks, back.Blocks);
        Assert.Equal(2, forth.Blocks.Count);
    }

    [Fact]
    public void Strips_what_was_stripped_no_further()
    {
        var furniture = Enumerable.Range(0, 5).Select(n => $"Line {n} stands under all the reports of this site.").ToArray();
        var site = Learn(Articles(5, furniture));
        var once = site.Strip(Article(9, furniture), [])!.Value;
        Assert.Null(site.Strip(once.Blocks, once.Removed));
    }

    [Fact]
    public void Puts_back_what_it_took_where_it_stood()
    {
        var article = Article(9, House, "A last line that stands here alone and in no other report.");
        var (blocks, removed) = Learn(Articles(4, House)).Strip(article, [new("An earlier line", "model", "", 3)])!.Value;

        Assert.Equal(article, SiteBlocks.PutBack(blocks, removed));
        Assert.Equal(3, removed[0].Position);
    }

    private static List<IReadOnlyList<Block>> Articles(int count, params string[] ends) => [.. Enumerable.Range(0, count).Select(n => Article(n, ends))];

    private static SiteBlocks Learn(IEnumerable<IReadOnlyList<Block>> articles) => SiteBlocks.Of(Samples(articles));

    private static IEnumerable<SiteSample> Samples(IEnumerable<IReadOnlyList<Block>> articles) => articles.Select((a, n) => SiteSample.Of($"{n:x32}", a)!);

    private static List<Block> Inside(int number, string text) => [.. Article(number).Take(4), new(BlockKind.Paragraph, text), .. Article(number).Skip(4)];

    private static List<Block> Article(int number, params string[] ends) =>
        [.. Enumerable.Range(0, 8)
            .Select(n => $"Paragraph {n} of report {number} says what nobody else says.")
            .Concat(ends)
            .Select(t => new Block(BlockKind.Paragraph, t))];
}
