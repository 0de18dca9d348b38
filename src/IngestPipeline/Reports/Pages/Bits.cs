using System.Globalization;
using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>Small parts that several pages share.</summary>
internal static class Bits
{
    public static Markup Up { get; } = new("../");

    /// <summary>A link out of the report when the address is a web address; else its text.</summary>
    public static Markup Outside(string? address, string text) => Markup.Of(html =>
    {
        if (SafeLink.Of(address) is { } safe)
            html.Add($"""<a class="out" href="{safe}" rel="noreferrer noopener external">{text}<span class="sr"> (leaves the report)</span></a>""");
        else
            html.Add($"<span>{text}</span>");
    });

    public static Markup Kind(string kind) => Markup.Of(html =>
    {
        var known = Array.IndexOf(Words.Kinds, kind) >= 0 ? kind : "unique";
        html.Add($"""<span class="chip k-{known}">{Words.Kind(kind)}</span>""");
    });

    /// <summary>A headline in its own language and direction, linked to the article's page.</summary>
    public static Markup Headline(Markup up, ArticleSummary article) => Markup.Of(html =>
        html.Add(
            $"""<a class="headline" href="{up}{PageNames.Article(article.Id)}" dir="auto"{Language(article.Language)}>{Say.Cut(article.Title, 160)}</a>"""));

    /// <summary>A <c>lang</c> attribute, for a screen reader's voice and a browser's fonts; none when the language is not a plain tag.</summary>
    public static Markup Language(string? language) => Markup.Of(html =>
    {
        if (language is { Length: >= 2 and <= 35 }
            && language != "und"
            && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && char.IsAsciiLetter(language[0])
            && char.IsAsciiLetter(language[1]))
            html.Add($""" lang="{language}" """);
    });

    public static Markup Time(DateTimeOffset? time) => Markup.Of(html =>
    {
        if (time is { } t)
            html.Add($"""<time datetime="{t.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}">{Say.Time(t)}</time>""");
        else
            html.Add($"undated");
    });

    /// <summary>A figure on a card: label, value, and a line under it.</summary>
    public static void Card(HtmlBuilder html, string label, string value, string note)
    {
        html.Add($"""<div class="card"><dt>{label}</dt><dd><span class="value">{value}</span>""");
        if (note.Length > 0)
            html.Add($"""<span class="note">{note}</span>""");
        html.Add($"</dd></div>\n");
    }

    /// <summary>Opens a table that scrolls within itself where the screen is too narrow for it.</summary>
    public static void OpenTable(HtmlBuilder html, string caption, string classes, params ReadOnlySpan<string> headings)
    {
        html.Add(
            $"""<div class="scroll" tabindex="0" role="region" aria-label="{caption}: table"><table class="{classes}"><caption class="sr">{caption}</caption><thead><tr>""");
        foreach (var heading in headings)
        {
            var number = heading.StartsWith('#');
            html.Add($"""<th scope="col"{new Markup(number ? " class=\"n\"" : "")}>{heading.TrimStart('#')}</th>""");
        }

        html.Add($"</tr></thead><tbody>\n");
    }

    public static void CloseTable(HtmlBuilder html) => html.Add($"</tbody></table></div>\n");
}
