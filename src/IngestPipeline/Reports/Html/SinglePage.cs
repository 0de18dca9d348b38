using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Reports.Html;

/// <summary>What the pages that stand for themselves, of <c>ingest explain</c> and <c>ingest compare</c>, look alike in.</summary>
internal static class SinglePage
{
    /// <summary>The faces of headings and of an article's text.</summary>
    public const string Serif = "\"Iowan Old Style\", Palatino, \"Noto Serif\", Georgia, serif";

    /// <summary>Colours of paper, cards and ink by light and by dark; the body and the headings' faces.</summary>
    public const string Look = $$"""
        :root { color-scheme: light dark; --paper: #faf8f4; --card: #fff; --ink: #1d1c1a; --soft: #5c5852; --line: #e0dbd1; --accent: #0f5e63; }
        @media (prefers-color-scheme: dark) { :root { --paper: #141618; --card: #1c1f22; --ink: #e9e6e0; --soft: #aaa59c; --line: #33373b; --accent: #58b8bb; } }
        *, *::before, *::after { box-sizing: border-box; }
        body { margin: 0 auto; padding: clamp(1rem, 3vw, 2.5rem); background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        h1, h2 { font-family: {{Serif}}; text-wrap: balance; }

        """;

    /// <summary>The page up to its body: it loads nothing, runs nothing and tells nobody where it came from.</summary>
    /// <param name="html">An empty page.</param>
    /// <param name="title">Its title.</param>
    /// <param name="style">Its style sheet; the policy allows this one alone.</param>
    public static HtmlBuilder Begin(this HtmlBuilder html, string title, string style) => html.Add(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; base-uri 'none'; form-action 'none'">
        <meta name="referrer" content="no-referrer">
        <title>{title}</title>
        <style>{new Markup(style)}</style>
        </head>
        <body>

        """);
}
