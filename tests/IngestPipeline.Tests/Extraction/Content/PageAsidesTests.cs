using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class PageAsidesTests
{
    [Fact]
    public void Keeps_a_caption_and_its_credit_beside_the_text()
    {
        var article = NewsPage.ExtractBody($"""
            {NewsPage.P(NewsPage.Opening)}
            <figure><img src="/ferry.jpg"><figcaption>The ferry in the harbour on Monday. <span class="credit">Photo: Jane Doe</span></figcaption></figure>
            {NewsPage.P(NewsPage.Middle)}{NewsPage.P(NewsPage.Closing)}
            """);

        Assert.Contains(article.Blocks, b => b.Kind == BlockKind.Caption && b.Text.StartsWith("The ferry in the harbour on Monday.", StringComparison.Ordinal));
        Assert.DoesNotContain("Jane Doe", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_of_one_s_own_tell_captions_too()
    {
        var page = NewsPage.Html($"""
            {NewsPage.P(NewsPage.Opening)}{NewsPage.P(NewsPage.Middle)}
            <div class="share">Harbour picture desk, Monday</div>
            {NewsPage.P(NewsPage.Closing)}
            """);
        var rule = BlockRules.Shipped.All.First(r => r.Action == RuleAction.Caption) with { Id = "desk", Match = RuleMatch.LineStarts, Cues = ["harbour picture desk"], Loose = true };
        var ours = new ArticleExtractor(BlockRules.Shipped.With([rule]));

        Assert.DoesNotContain(NewsPage.Extract(page).Blocks, b => b.Kind == BlockKind.Caption);
        Assert.Contains(
            ours.Extract(new(System.Text.Encoding.UTF8.GetBytes(page))).Blocks,
            b => b.Kind == BlockKind.Caption && b.Text.StartsWith("Harbour picture desk", StringComparison.Ordinal));
    }

    [Fact]
    public void Keeps_an_embedded_post_beside_the_text()
    {
        var article = NewsPage.ExtractBody($"""
            {NewsPage.P(NewsPage.Opening)}{NewsPage.P(NewsPage.Middle)}
            <blockquote class="twitter-tweet"><p>Long queues at the harbour this morning.</p>— The Crew (@crew) <a href="https://twitter.com/crew/status/1">December 1, 2024</a></blockquote>
            {NewsPage.P(NewsPage.Closing)}
            """);

        Assert.Contains(article.Blocks, b => b.Kind == BlockKind.Embed && b.Text.Contains("@crew", StringComparison.Ordinal));
        Assert.DoesNotContain("@crew", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_blog_comes_entry_by_entry_with_its_times()
    {
        string[] entries = [NewsPage.Opening, NewsPage.Middle, NewsPage.Closing];
        var body = string.Concat(entries.Select((text, i) => $"""
            <div class="live-entry"><div class="stamp"><time datetime="2024-05-02T1{i}:05">1{i}:05</time></div><h2>Update number {i + 1} from the harbour</h2><p>{text}</p><p>{text.Replace("The ", "That ", StringComparison.Ordinal)}</p></div>
            """));

        var article = NewsPage.Extract(
            NewsPage.Html(
                body, """<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Ferry arrives late after pump fails"}</script>"""));

        Assert.Equal(["10:05", "11:05", "12:05"], article.Blocks.Where(b => b.Kind == BlockKind.EntryTime).Select(b => b.Text));
        Assert.All(entries, e => Assert.Contains(e, article.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("11:05", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_time_under_a_headline_makes_no_live_blog()
    {
        var article =
            NewsPage.ExtractBody($"<div><time>10:05</time></div>{NewsPage.P(NewsPage.Opening)}{NewsPage.P(NewsPage.Middle)}{NewsPage.P(NewsPage.Closing)}");

        Assert.DoesNotContain(article.Blocks, b => b.Kind == BlockKind.EntryTime);
    }
}
