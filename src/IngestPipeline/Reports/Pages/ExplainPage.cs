using System.Globalization;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>The page of <c>ingest explain</c>: self-contained, without scripts, all that comes from outside being text.</summary>
internal static class ExplainPage
{
    private const string Style = SinglePage.Look + $$"""
        :root { --kept: #17663a; --kept-bg: #edf6ef; --beside: #6b4300; --beside-bg: #fbf1dc; --gone: #9a3412; --gone-bg: #f8eee9; }
        @media (prefers-color-scheme: dark) { :root { --kept: #86d9a2; --kept-bg: #18261d; --beside: #f2c372; --beside-bg: #2b2416; --gone: #f0a98a; --gone-bg: #2a201c; } }
        body { max-width: 92rem; }
        h1, h2 { line-height: 1.2; }
        h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); margin: .2rem 0 .6rem; }
        h2 { font-size: 1.25rem; margin: 0 0 .8rem; }
        .soft { color: var(--soft); } .small { font-size: .9rem; }
        .sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: clamp(1rem, 3vw, 2.5rem); align-items: start; margin-top: 2rem; }
        @media (max-width: 60rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
        ol { list-style: none; margin: 0; padding: 0; }
        li { border-inline-start: 4px solid var(--edge); background: var(--back); border-radius: 0 6px 6px 0; padding: .5rem .9rem; margin: 0 0 .45rem; }
        .kept { --edge: var(--kept); --back: var(--kept-bg); } .beside { --edge: var(--beside); --back: var(--beside-bg); } .gone { --edge: var(--gone); --back: var(--gone-bg); }
        li p { margin: 0; } .gone .text { color: var(--soft); }
        .why { display: flex; flex-wrap: wrap; gap: .1rem .8rem; font-size: .84rem; color: var(--soft); margin-top: .2rem; }
        .fate { color: var(--edge); font-weight: 600; }
        code { font: .95em ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem; margin-bottom: 1.2rem; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; } dd code { color: var(--soft); font-size: .82em; margin-inline-start: .4rem; }
        .article { font: 1.08rem/1.65 {{SinglePage.Serif}}; max-width: 42rem; } .article p { margin: 0 0 1rem; }
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="name">What was read, for the title.</param>
    /// <param name="article">The article.</param>
    /// <param name="blocks">All blocks in reading order.</param>
    public static byte[] Write(string name, ExtractedArticle article, IReadOnlyList<ExplainedBlock> blocks)
    {
        var html = new HtmlBuilder();
        var title = article.Metadata.Title?.Value ?? name;
        html.Begin($"{title} – explained", Style).Add("<header>\n");
        html.Add($"<p class=\"soft small\">{name}</p>\n<h1 dir=\"auto\">{title}</h1>\n<p>{Outcome(article)}</p>\n");
        html.Add(
            $"<p class=\"soft\">{blocks.Count(b => b.Fate == BlockFate.Kept)} blocks kept, {blocks.Count(b => b.Fate == BlockFate.Beside)} kept beside the text, {blocks.Count(b => b.Fate == BlockFate.Removed)} removed. ");
        html.Add(
            "A score above 0 means that the block model takes a block for the article’s; rules then strip what it kept.</p>\n</header>\n<main class=\"sides\">\n<section>\n<h2>The page, block by block</h2>\n<ol>\n");
        foreach (var block in blocks)
            Add(html, block);
        html.Add("</ol>\n</section>\n<section>\n");
        Metadata(html, article.Metadata);
        html.Add("<div class=\"card\"><h2>The text</h2>\n<div class=\"article\">\n");
        foreach (var block in article.Blocks.Where(b => b.InText))
            html.Add($"<p dir=\"auto\">{block.Text}</p>\n");
        html.Add("</div></div>\n</section>\n</main>\n</body>\n</html>\n");
        return html.ToUtf8();
    }

    private static void Add(HtmlBuilder html, ExplainedBlock block)
    {
        var (style, fate) = block.Fate switch
        {
            BlockFate.Kept => ("kept", "kept"),
            BlockFate.Beside => ("beside", "beside the text"),
            _ => ("gone", "removed"),
        };
        html.Add($"<li class=\"{style}\"><p class=\"text\" dir=\"auto\">{block.Text}</p><p class=\"why\"><span class=\"fate\">{fate}</span>");
        if (block.Kind is { } kind and not BlockKind.Paragraph)
            html.Add($"<span>{kind.ToString()}</span>");
        if (block.Score is { } score)
            html.Add($"<span>score {Score(score)}</span>");
        if (block.Rule is not null)
            html.Add($"<span><code>{block.Rule}</code></span>");
        if (block.Reason is not null)
            html.Add($"<span>{block.Reason}</span>");
        html.Add("</p></li>\n");
    }

    private static void Metadata(HtmlBuilder html, ArticleMetadata metadata)
    {
        html.Add("<div class=\"card\"><h2>What the page says of it</h2>\n<dl>\n");
        Row(html, "Title", metadata.Title?.Value, metadata.Title?.Source);
        Row(html, "Authors", metadata.Authors is { } authors ? string.Join(", ", authors.Value) : null, metadata.Authors?.Source);
        Row(html, "Published", metadata.Published?.Value.ToString(), metadata.Published?.Source);
        Row(html, "Updated", metadata.Modified?.Value.ToString(), metadata.Modified?.Source);
        Row(html, "Outlet", metadata.Outlet?.Value, metadata.Outlet?.Source);
        Row(html, "Section", metadata.Section?.Value, metadata.Section?.Source);
        Row(html, "Language", metadata.Language?.Value, metadata.Language?.Source);
        Row(html, "Agency", metadata.Agency?.Value, metadata.Agency?.Source);
        Row(html, "Dateline", metadata.DatelinePlace?.Value, metadata.DatelinePlace?.Source);
        Row(html, "Canonical address", metadata.CanonicalUrl?.Value, metadata.CanonicalUrl?.Source);
        Row(html, "Lead image", metadata.LeadImage?.Value, metadata.LeadImage?.Source);
        html.Add("</dl></div>\n");
    }

    private static void Row(HtmlBuilder html, string name, string? value, string? source)
    {
        if (!string.IsNullOrEmpty(value))
            html.Add($"<dt>{name}</dt><dd dir=\"auto\">{value} <code>{source}</code></dd>\n");
    }

    private static string Outcome(ExtractedArticle article) => article.Outcome switch
    {
        ExtractionOutcome.Article => "An article.",
        _ => $"Not taken as an article ({article.Outcome}): {article.Reason}.",
    };

    private static string Score(int score) => ((double)score / Forest.Unit).ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture);
}
