using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>One article: its text with the removed blocks in place, its metadata with provenance, its copies, its raw capture.</summary>
internal static class ArticlePage
{
    public static void Write(HtmlBuilder html, ArticleSummary article, RecordFields record, ReportData data, bool compared) =>
        PageFrame.Write(html, PageNames.Article(article.Id), PageNames.Articles, article.Title, _ =>
    {
        html.Add($"""
            <p class="eyebrow"><a href="../{PageNames.Day(article.Day, 1)}">{Say.ShortDay(article.Day)}</a> · <a href="../{PageNames.Site(article.Site)}"><bdi>{article.Outlet}</bdi></a></p>
            <h1 dir="auto"{Bits.Language(article.Language)}>{article.Title}</h1>
            <p class="lead">
            """);
        if (record.Value("authors") is { Length: > 0 } authors)
            html.Add($"<bdi>{authors}</bdi> · ");
        if (record.Value("published") is { Length: >= 10 } published && Say.ShortDay(published[..10]) is var day && day != Say.ShortDay(""))
            html.Add($"published {day} · ");
        html.Add($"first seen {Bits.Time(article.FirstSeen)} · {Bits.Kind(article.Kind)}");
        if (article.Revision > 1)
            html.Add($" · revision {article.Revision}");
        html.Add(
            $"""</p><p class="jump"><a href="#text">Text</a> <a href="#metadata">Metadata</a> <a href="#copies">Copies</a> <a href="#raw">Raw capture</a></p><div class="reading">""");
        ArticleBody.Write(html, article, record);
        html.Add($"<div>");
        Metadata(html, record);
        Copies(html, article, record, data, compared);
        Raw(html, data, article, record);
        html.Add($"</div></div>");
    });

    private static void Metadata(HtmlBuilder html, RecordFields record)
    {
        html.Add($"""<section aria-labelledby="metadata"><h2 id="metadata">Metadata</h2><dl class="facts">""");
        Fact(html, "Address", record.Text("url"), "");
        Fact(html, "Led to", record.Text("finalUrl"), "redirect");
        foreach (var (name, label) in Sourced)
            Fact(html, label, record.Value(name), record.Source(name) ?? "");
        if (record["feed"] is { } feed)
            Fact(html, "Feed", feed.Text("url"), feed.Text("title") ?? "");
        Fact(html, "Text from", Words.FromMeaning(record.Text("textFrom") ?? ""), "");
        foreach (var flag in record.Texts("flags"))
            Fact(html, "Note", flag.Replace('-', ' '), "");
        html.Add($"</dl></section>");
    }

    private static readonly (string Name, string Label)[] Sourced =
    [
        ("canonicalUrl", "Canonical"), ("outlet", "Outlet"), ("title", "Headline"), ("standfirst", "Standfirst"), ("authors", "Authors"),
        ("published", "Published"), ("updated", "Updated"),
        ("language", "Language"), ("section", "Section"), ("agency", "Agency"), ("credit", "Credit"), ("datelinePlace", "Dateline"), ("leadImage", "Image"),
    ];

    private static void Fact(HtmlBuilder html, string label, string? value, string source)
    {
        if (string.IsNullOrEmpty(value))
            return;
        html.Add($"""<div><dt>{label}</dt><dd>""");
        if (SafeLink.Of(value) is not null)
            html.Add($"{Bits.Outside(value, Say.Cut(value, 120))}");
        else
            html.Add($"<bdi>{Say.Cut(value, 300)}</bdi>");
        if (source.Length > 0)
            html.Add($"""<span class="source">{Say.Cut(source, 80)}</span>""");
        html.Add($"</dd></div>");
    }

    private static void Copies(HtmlBuilder html, ArticleSummary article, RecordFields record, ReportData data, bool compared)
    {
        html.Add(
            $"""<section aria-labelledby="copies"><h2 id="copies">Copies</h2><p>{Bits.Kind(article.Kind)} {TodayPage.Capital(Words.KindMeaning(article.Kind))}.</p>""");
        var of = article.IsCopy ? article.CanonicalId : article.RewriteOf;
        if (of is not null)
        {
            html.Add($"<p>Of ");
            if (data.ById.TryGetValue(of, out var other))
                html.Add($"{Bits.Headline(Bits.Up, other)} (<bdi>{other.Outlet}</bdi>).");
            else
                html.Add($"<code>{of}</code>, which is not in this report.");
            html.Add($"</p>");
        }

        if (record["copy"]?["evidence"] is { } evidence)
        {
            html.Add(
                $"""<p class="meta">Decided by {evidence.Text("measure")}: {Say.Share(evidence.Share("score"))}, where {Say.Share(evidence.Share("threshold"))} is enough.""");
            if (evidence.Text("sharedPassage") is { Length: > 0 } passage)
                html.Add($""" Both have: <q dir="auto">{Say.Cut(passage, 200)}</q>""");
            html.Add($"</p>");
        }

        if (compared)
            html.Add($"""<p><a href="../{PageNames.Compare(article.Id)}">Side by side</a></p>""");
        var copies = record.List("copies").ToList();
        if (copies.Count > 0)
        {
            html.Add($"""<ul class="articles">""");
            foreach (var copy in copies.Take(50))
            {
                html.Add($"<li>");
                if (data.ById.TryGetValue(copy.Id, out var other))
                    html.Add($"{Bits.Headline(Bits.Up, other)}");
                html.Add(
                    $"""<span class="meta"><bdi>{copy.Text("outlet")}</bdi> {Bits.Kind(copy.Text("kind") ?? "")} {Say.Share(copy.Share("similarity"))}</span></li>""");
            }

            html.Add($"</ul>");
            if (copies.Count > 50)
                html.Add($"""<p class="meta">… and {copies.Count - 50} more.</p>""");
        }

        if (data.StoryIds.Contains(article.StoryId))
            html.Add($"""<p><a href="../{PageNames.Story(article.StoryId)}">The whole story</a></p>""");
        html.Add($"</section>");
    }

    private static void Raw(HtmlBuilder html, ReportData data, ArticleSummary article, RecordFields record)
    {
        html.Add($"""<section aria-labelledby="raw"><h2 id="raw">Raw capture</h2><dl class="facts">""");
        if (record["raw"] is { } raw)
        {
            Fact(html, "Asked for", raw.Text("url"), "");
            Fact(html, "Captured", raw.Text("date"), "");
            Fact(html, "SHA-256", raw.Text("sha256"), "of the page's bytes");
            if (raw.Text("date") is { } captured && string.CompareOrdinal(captured, data.CapturesFrom) < 0)
                Fact(html, "Kept", "no more", $"the store keeps captures from {data.CapturesFrom} on");
        }
        else
        {
            Fact(html, "Raw", "none: it came from the feed's entry", "");
        }

        Fact(html, "Record", StoreNames.Record(article.Day, article.Id), "in the store");
        Fact(html, "Id", article.Id, "");
        Fact(html, "Written with", record.Text("pipelineVersion"), "pipeline version");
        html.Add($"</dl></section>");
    }
}
