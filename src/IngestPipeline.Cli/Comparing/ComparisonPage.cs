using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A comparison as one page of HTML that needs nothing else. What articles say is text and stays text; the page forbids scripts.</summary>
internal static class ComparisonPage
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #8886; }
        body { margin: 0 auto; max-width: 80rem; padding: 1.5rem; font: 1rem/1.6 Georgia, "Times New Roman", serif; }
        header, .facts { font-family: system-ui, sans-serif; }
        h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem; }
        ul.facts { margin: 0 0 1.5rem; padding-left: 1.2rem; }
        main { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }
        article { min-width: 0; overflow-wrap: anywhere; border-top: 3px solid var(--line); padding-top: .7rem; }
        h2 { font-size: 1.15rem; line-height: 1.3; margin: 0; }
        .about { font: .85rem system-ui, sans-serif; opacity: .75; margin: .3rem 0 1rem; }
        .text { white-space: pre-line; }
        mark { background: #ffe08a; color: #111; border-radius: .2rem; padding: 0 .1rem; scroll-margin-top: 4rem; }
        mark:target { outline: 2px solid #d2691e; }
        mark a { font: .7rem system-ui, sans-serif; vertical-align: super; color: #7a4a00; text-decoration: none; padding: 0 .15rem; }
        @media (max-width: 45rem) { main { grid-template-columns: 1fr; } }
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
