using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>What every page has: head, policy, navigation, footer.</summary>
internal static class PageFrame
{
    /// <summary>Own files only: whatever slipped into a page could load nothing and run nothing.</summary>
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

    private static readonly (string File, string Name)[] Sections =
    [
        (PageNames.Today, "Today"), (PageNames.Stories, "Stories"), (PageNames.Articles, "Articles"), (PageNames.Stripped, "Stripped"),
        (PageNames.Feeds, "Feeds"), (PageNames.Trends, "Over time"), (PageNames.Help, "Help"),
    ];

    /// <summary>Writes a page around its body.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="file">The page's name within the report.</param>
    /// <param name="section">The section that the navigation marks.</param>
    /// <param name="title">The page's title, plain text.</param>
    /// <param name="body">Writes what stands in <c>main</c>.</param>
    public static void Write(HtmlBuilder html, string file, string section, string title, Action<HtmlBuilder> body)
    {
        var up = new Markup(file.Contains('/', StringComparison.Ordinal) ? "../" : "");
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <title>{title} · IngestPipeline</title>
            <link rel="icon" href="{up}assets/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="{up}assets/report.css">
            <script src="{up}assets/report.js" defer></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top">
            <a class="brand" href="{up}index.html">Ingest<b>Pipeline</b></a>
            <nav aria-label="Report"><ul>
            """);
        foreach (var (target, name) in Sections)
        {
            html.Add($"""<li><a href="{up}{target}" """);
            if (target == section)
                html.Add($"""aria-current="{(target == file ? "page" : "true")}" """);
            html.Add($">{name}</a></li>\n");
        }

        html.Add($"""
            </ul></nav>
            </header>
            <main id="main" tabindex="-1">

            """);
        body(html);
        html.Add($"""

            </main>
            <footer><p>Made from the store alone: no page here loads anything from elsewhere. Links that leave it are marked <span aria-hidden="true">↗</span>.</p></footer>
            </body>
            </html>

            """);
    }
}
