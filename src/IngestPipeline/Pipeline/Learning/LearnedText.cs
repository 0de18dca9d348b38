using System.Text.Json;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>What an article looks like with and without the blocks that its site repeats.</summary>
internal static class LearnedText
{
    /// <summary>
    /// The article without its site's own blocks, and with the memory named; as it is when it has none of them. Its content hash stays that of the
    /// page: what a site has taught meanwhile makes no new text of an unchanged page.
    /// </summary>
    public static Article Without(Article article, SiteBlocks site, string memory)
    {
        if (site.Strip(article.Blocks, article.Removed) is not var (blocks, removed))
            return article with { Learned = memory };
        return article with { Blocks = blocks, Removed = removed, Text = TextOf(blocks), Learned = memory };
    }

    /// <summary>What an article teaches about its site; null when it teaches nothing: another revision, or another text than a page's.</summary>
    public static SiteSample? Sample(Article article) =>
        article is { Revision: 1, TextFrom: TextSource.Page } ? SiteSample.Of(article.Id, SiteBlocks.PutBack(article.Blocks, article.Removed)) : null;

    /// <summary>The site of an article, by which it is learned from; null for input without an address.</summary>
    public static string? SiteOf(Article article) =>
        Uri.TryCreate(article.FinalUrl ?? article.Url, UriKind.Absolute, out var url) && url.Host.Length > 0 ? ArticleBuilder.SiteOf(url) : null;

    /// <summary>The site and the sample of a stored article; null when it teaches nothing.</summary>
    public static (string Site, SiteSample Sample)? Sample(ReadOnlySpan<byte> article)
    {
        var json = JsonElement.Parse(article);
        var address = RecordJson.Text(json, "finalUrl") ?? RecordJson.Text(json, "url");
        if (json.GetProperty("revision").GetInt32() != 1
            || RecordJson.Text(json, "textFrom") != RecordJson.Name(TextSource.Page)
            || !Uri.TryCreate(address, UriKind.Absolute, out var url))
            return null;
        return SiteSample.Of(RecordJson.Text(json, "id")!, PageBlocks(json)) is { } sample ? (ArticleBuilder.SiteOf(url), sample) : null;
    }

    /// <summary>The text that a stored article's page had, before the site's own blocks were taken out.</summary>
    /// <param name="article">The article.</param>
    /// <param name="text">Its text; where it is not that of its blocks, it is what the page cannot have had.</param>
    public static string PageText(JsonElement article, string text) =>
        TextOf([.. article.GetProperty("blocks").EnumerateArray().Select(Block)]) == text ? TextOf(PageBlocks(article)) : text;

    private static string TextOf(IEnumerable<Block> blocks) => string.Join("\n\n", blocks.Where(b => b.InText).Select(b => b.Text));

    private static IReadOnlyList<Block> PageBlocks(JsonElement article) => SiteBlocks.PutBack(
        [.. article.GetProperty("blocks").EnumerateArray().Select(Block)],
        [.. article.GetProperty("removed")
            .EnumerateArray()
            .Select(r => new StrippedBlock(RecordJson.Text(r, "text")!, RecordJson.Text(r, "rule")!, "", r.GetProperty("position").GetInt32()))]);

    private static Block Block(JsonElement block) =>
        new(RecordJson.Value<BlockKind>(RecordJson.Text(block, "kind")), RecordJson.Text(block, "text")!);
}
