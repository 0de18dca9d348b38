using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>An article's text, with what was removed from it shown where it stood.</summary>
internal static class ArticleBody
{
    /// <summary>Removed blocks in a row that are shown at once; more are folded away.</summary>
    private const int OpenRun = 2;

    private const int MaxRemoved = 300;

    public static void Write(HtmlBuilder html, ArticleSummary article, RecordFields record)
    {
        var removed = record.List("removed").Take(MaxRemoved).OrderBy(r => r.Number("position")).ToList();
        html.Add($"""<section class="body" aria-labelledby="text"><h2 id="text">Text</h2>""");
        if (removed.Count > 0)
            html.Add(
                $"""<p class="meta">{Say.Count(article.RemovedBlocks, "removed block is", "removed blocks are")} shown where they stood. <button type="button" class="unfold" hidden>Unfold all</button></p>""");
        if (!article.HasText)
            html.Add($"""<p class="meta">No text could be had; the headline is kept so that the story is not lost.</p>""");
        html.Add($"""<div class="prose"{Bits.Language(article.Language)}>""");
        var next = 0;
        var position = 0;
        foreach (var block in record.List("blocks"))
        {
            Removed(html, removed, ref next, position);
            Block(html, block);
            position++;
        }

        Removed(html, removed, ref next, int.MaxValue);
        html.Add($"</div></section>");
    }

    private static void Block(HtmlBuilder html, RecordFields block)
    {
        var text = block.Text("text") ?? "";
        switch (block.Text("kind"))
        {
            case "heading":
                html.Add($"""<h3 dir="auto">{text}</h3>""");
                break;
            case "quote":
                html.Add($"""<blockquote dir="auto"><p>{text}</p></blockquote>""");
                break;
            case "standfirst":
                html.Add($"""<p class="standfirst" dir="auto">{text}</p>""");
                break;
            case "list-item":
                html.Add($"""<ul dir="auto"><li>{text}</li></ul>""");
                break;
            case "preformatted" or "table":
                html.Add($"""<pre dir="auto" tabindex="0">{text}</pre>""");
                break;
            case "caption" or "embed" or "syndication":
                html.Add($"""<p class="beside" dir="auto"><span class="tag" lang="en">{block.Text("kind")}, kept beside the text</span> {text}</p>""");
                break;
            default:
                html.Add($"""<p dir="auto">{text}</p>""");
                break;
        }

        html.Add($"\n");
    }

    private static void Removed(HtmlBuilder html, List<RecordFields> removed, ref int next, int position)
    {
        var first = next;
        while (next < removed.Count && removed[next].Number("position") <= position)
            next++;
        var run = removed[first..next];
        if (run.Count == 0)
            return;
        if (run.Count > OpenRun)
            html.Add($"""<details class="removed-run"><summary lang="en">{Say.Count(run.Count, "block", "blocks")} removed here</summary>""");
        foreach (var block in run)
            html.Add(
                $"""<p class="removed" dir="auto"><span class="tag" lang="en">removed: {block.Text("reason")} <code>{block.Text("rule")}</code></span> {Say.Cut(block.Text("text") ?? "", 400)}</p>""");
        if (run.Count > OpenRun)
            html.Add($"</details>");
        html.Add($"\n");
    }
}
