using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Cli.Batch;
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

    public static string Write(ArticleComparison comparison)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
            .Append(hash)
            .Append("'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<title>Two articles compared</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<header><h1>")
            .Append(Text(ComparisonSummary.Decision(comparison))).Append("</h1></header>\n<ul class=\"facts\">\n");
        foreach (var line in ComparisonSummary.Evidence(comparison))
            page.Append("<li>").Append(Text(line)).Append("</li>\n");
        page.Append("</ul>\n<main>\n");
        Article(page, "A", "B", comparison.A, comparison.Passages, isOther: false);
        Article(page, "B", "A", comparison.B, comparison.Passages, isOther: true);
        return page.Append("</main>\n</body>\n</html>").ToString();
    }

    private static void Article(StringBuilder page, string side, string otherSide, CopyDocument article, SharedPassages passages, bool isOther)
    {
        var language = article.Language is { Length: > 0 } tag ? $" lang=\"{Text(tag)}\"" : "";
        page.Append("<article dir=\"auto\"").Append(language).Append(">\n<h2>").Append(side).Append(": ").Append(Text(article.Title.Length > 0 ? article.Title : "(no headline)"))
            .Append("</h2>\n<p class=\"about\">").Append(Text(ComparisonSummary.Heading(article))).Append("</p>\n<div class=\"text\">");
        foreach (var (text, passage) in MarkedText.Cut(article.Text, passages, isOther))
        {
            if (passage == 0)
            {
                page.Append(Lines(text));
                continue;
            }

            page.Append(CultureInfo.InvariantCulture, $"<mark id=\"{side}{passage}\"><a href=\"#{otherSide}{passage}\" title=\"the same passage in {otherSide}\">{passage}</a>")
                .Append(Lines(text)).Append("</mark>");
        }

        page.Append("</div>\n</article>\n");
    }

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Text));

    private static string Text(string text) => WebUtility.HtmlEncode(ControlText.Clean(text));
}
