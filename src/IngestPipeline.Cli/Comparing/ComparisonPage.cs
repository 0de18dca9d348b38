using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A comparison as one page of HTML that needs nothing else. What articles say is text and stays text; the page forbids scripts.</summary>
internal static class ComparisonPage
{
    private const string Style = SinglePage.Look + $$"""
        :root { --mark: #fde9b0; --mark-ink: #3a2c00; }
        @media (prefers-color-scheme: dark) { :root { --mark: #574713; --mark-ink: #fff3d0; } }
        body { max-width: 84rem; }
        .text { font-family: {{SinglePage.Serif}}; }
        h1, h2 { line-height: 1.25; }
        h1 { font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.2rem); margin: 0 0 .8rem; max-width: 48rem; }
        h2 { font-size: 1.25rem; margin: 0; }
        ul.facts { margin: 0 0 1.8rem; padding-left: 1.2rem; color: var(--soft); max-width: 48rem; }
        main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: clamp(1rem, 3vw, 2rem); align-items: start; }
        article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem; }
        .about { color: var(--soft); font-size: .9rem; margin: .4rem 0 1.2rem; }
        .text { white-space: pre-line; font-size: 1.08rem; line-height: 1.65; }
        mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; padding: .05em 0; scroll-margin-top: 4rem; }
        mark:target { outline: 2px solid var(--accent); }
        mark a { font: 600 .7rem system-ui, sans-serif; vertical-align: super; color: inherit; text-decoration: none; padding: 0 .2rem; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        @media (max-width: 48rem) { main { grid-template-columns: minmax(0, 1fr); } }
        """;

    public static byte[] Write(ArticleComparison comparison)
    {
        var page = new HtmlBuilder().Begin("Two articles compared", Style);
        page.Add($"<header><h1>{ComparisonSummary.Decision(comparison)}</h1></header>\n<ul class=\"facts\">\n");
        foreach (var line in ComparisonSummary.Evidence(comparison))
            page.Add($"<li>{line}</li>\n");
        page.Add("</ul>\n<main>\n");
        Article(page, "A", "B", comparison.A, comparison.Passages, isOther: false);
        Article(page, "B", "A", comparison.B, comparison.Passages, isOther: true);
        return page.Add("</main>\n</body>\n</html>").ToUtf8();
    }

    private static void Article(HtmlBuilder page, string side, string otherSide, CopyDocument article, SharedPassages passages, bool isOther)
    {
        page.Add("<article dir=\"auto\"");
        if (article.Language is { Length: > 0 } language)
            page.Add($" lang=\"{language}\"");
        page.Add(
            $">\n<h2>{side}: {(article.Title.Length > 0 ? article.Title : "(no headline)")}</h2>\n<p class=\"about\">{ComparisonSummary.Heading(article)}</p>\n<div class=\"text\">");
        foreach (var (text, passage) in MarkedText.Cut(article.Text, passages, isOther))
        {
            if (passage == 0)
            {
                page.Add($"{text}");
                continue;
            }

            var number = passage.ToString(CultureInfo.InvariantCulture);
            page.Add($"<mark id=\"{side}{number}\"><a href=\"#{otherSide}{number}\" title=\"the same passage in {otherSide}\">{number}</a>{text}</mark>");
        }

        page.Add("</div>\n</article>\n");
    }
}
