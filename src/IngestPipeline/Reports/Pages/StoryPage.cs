using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>One story: who carried it when, the original marked, and the way to each comparison.</summary>
internal static class StoryPage
{
    private const int MaxArticles = 300;

    /// <param name="html">Where to.</param>
    /// <param name="story">The story.</param>
    /// <param name="data">The whole, for articles of other stories.</param>
    /// <param name="compared">The ids of copies that have a page of comparison.</param>
    public static void Write(HtmlBuilder html, Story story, ReportData data, IReadOnlySet<string> compared) =>
        PageFrame.Write(html, PageNames.Story(story.Id), PageNames.Stories, story.Lead.Title, _ =>
    {
        var lead = story.Lead;
        html.Add($"""
            <p class="eyebrow"><a href="../stories.html">Stories</a></p>
            <h1 dir="auto"{Bits.Language(lead.Language)}>{lead.Title}</h1>
            <p class="lead">{Say.Count(story.Articles.Count, "article", "articles")} of {Say.Count(story.Outlets, "outlet", "outlets")}, from {Bits.Time(story.First)} on{Span(story)}.</p>

            """);
        html.Add($"""<section aria-labelledby="who"><h2 id="who">Who carried it when</h2>""");
        Bits.OpenTable(html, "Who carried the story when", "timeline", "First seen", "On the way", "Outlet and headline", "What it is", "Of", "Compare");
        foreach (var article in story.Articles.Take(MaxArticles))
            Row(html, story, article, data, compared);
        Bits.CloseTable(html);
        if (story.Articles.Count > MaxArticles)
            html.Add($"""<p class="meta">The first {MaxArticles} are shown.</p>""");
        html.Add($"</section>");
    });

    private static string Span(Story story) =>
        story.First is { } first && story.Last is { } last && last - first >= TimeSpan.FromMinutes(1) ? ", within " + Say.Duration(last - first) : "";

    private static void Row(HtmlBuilder html, Story story, ArticleSummary article, ReportData data, IReadOnlySet<string> compared)
    {
        html.Add(
            $"""<tr{new Markup(article.Id == story.Lead.Id ? " class=\"lead-row\"" : "")}><td class="nowrap">{Bits.Time(article.FirstSeen)}</td><td class="track-cell">{Track(story, article)}</td>""");
        html.Add(
            $"""<th scope="row"><span class="outlet"><bdi>{article.Outlet}</bdi></span>{Bits.Headline(Bits.Up, article)}</th><td>{Bits.Kind(article.Kind)}</td><td>""");
        var of = article.IsCopy ? article.CanonicalId : article.RewriteOf;
        if (of is not null && data.ById.TryGetValue(of, out var other))
            html.Add($"""<bdi>{other.Outlet}</bdi>{(article.Similarity > 0 ? ", " + Say.Share(article.Similarity) : "")}""");
        html.Add($"""</td><td class="nowrap">""");
        if (compared.Contains(article.Id))
            html.Add($"""<a href="{Bits.Up}{PageNames.Compare(article.Id)}">side by side<span class="sr"> with {article.Outlet}</span></a>""");
        html.Add($"</td></tr>\n");
    }

    // Where the article stands between the story's first and last: decoration, as the time stands beside it.
    private static Markup Track(Story story, ArticleSummary article) => Markup.Of(html =>
    {
        var total = story.First is { } first && story.Last is { } last ? (last - first).TotalSeconds : 0;
        var at = total <= 0 || article.FirstSeen is not { } seen ? 0 : (seen - story.First!.Value).TotalSeconds / total;
        html.Add($"""<svg class="track k-{article.Kind}" viewBox="0 0 120 16" aria-hidden="true" focusable="false"><line x1="6" y1="8" x2="114" y2="8"/>""");
        if (article.Kind is "original" or "unique")
            html.Add($"""<rect x="{Svg.Length(1 + (at * 108))}" y="3" width="10" height="10" rx="2"/>""");
        else
            html.Add($"""<circle cx="{Svg.Length(6 + (at * 108))}" cy="8" r="5"/>""");
        html.Add($"</svg>");
    });
}
