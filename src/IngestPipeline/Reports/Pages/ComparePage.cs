using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>Two articles side by side, what they share marked.</summary>
internal static class ComparePage
{
    /// <summary>Characters of a text that are shown.</summary>
    private const int MaxText = 60_000;

    public static void Write(HtmlBuilder html, ArticleSummary copy, string copyText, ArticleSummary other, string otherText, RecordFields? evidence) =>
        PageFrame.Write(html, PageNames.Compare(copy.Id), PageNames.Stories, "Side by side: " + copy.Title, _ =>
    {
        var (left, right) = PassageMarks.Of(Bound(otherText), Bound(copyText));
        html.Add($"""
            <p class="eyebrow"><a href="../{PageNames.Story(copy.StoryId)}">The story</a></p>
            <h1>Side by side</h1>
            <p class="lead"><bdi>{copy.Outlet}</bdi> is {Bits.Kind(copy.Kind)} of <bdi>{other.Outlet}</bdi>. What both have is <mark>marked</mark>.</p>

            """);
        if (evidence is { } e && e.Text("measure") is { Length: > 0 } measure)
            html.Add($"""<p class="meta">Decided by {measure}: {Say.Share(e.Share("score"))}, where {Say.Share(e.Share("threshold"))} is enough.</p>""");
        html.Add($"""<div class="sides">""");
        Side(html, other, left);
        Side(html, copy, right);
        html.Add($"</div>");
    });

    private static void Side(HtmlBuilder html, ArticleSummary article, PassageMarks marks)
    {
        html.Add($"""
            <article{Bits.Language(article.Language)}>
            <header lang="en"><p class="outlet"><bdi>{article.Outlet}</bdi> {Bits.Kind(article.Kind)}</p>
            <h2>{Bits.Headline(Bits.Up, article)}</h2>
            <p class="meta">{Bits.Time(article.FirstSeen)} · {Say.Share(marks.Share)} of its words are shared</p></header>

            """);
        var next = 0;
        var at = 0;
        foreach (var paragraph in marks.Text.Split("\n\n"))
        {
            html.Add($"""<p dir="auto">""");
            var end = at + paragraph.Length;
            var from = at;
            while (next < marks.Shared.Count && marks.Shared[next].Start.Value < end)
            {
                var start = Math.Max(from, marks.Shared[next].Start.Value);
                var stop = Math.Min(end, marks.Shared[next].End.Value);
                html.Add($"{marks.Text[from..start]}<mark>{marks.Text[start..stop]}</mark>");
                from = stop;
                // A passage that runs on into the next paragraph is marked there again.
                if (marks.Shared[next].End.Value > end)
                    break;
                next++;
            }

            html.Add($"{marks.Text[from..end]}</p>\n");
            at = end + 2;
        }

        html.Add($"</article>\n");
    }

    private static string Bound(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
