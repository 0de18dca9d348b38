using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>The list of stories that several articles tell.</summary>
internal static class StoriesPage
{
    /// <summary>Stories that have a page of their own.</summary>
    public const int MaxStories = 500;

    public static void Write(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Stories, PageNames.Stories, "Stories and copies", _ =>
    {
        var copies = data.Articles.Count(a => a.IsCopy);
        html.Add($"""
            <h1>Stories and copies</h1>
            <p class="lead">{Say.Count(data.Stories.Count, "story was", "stories were")} told more than once; {copies} of {Say.Count(data.Articles.Count, "record repeats", "records repeat")} another.</p>

            """);
        Legend(html, data);
        if (data.Stories.Count == 0)
            return;
        if (data.Stories.Count > MaxStories)
            html.Add($"""<p class="meta">The {MaxStories} widest are shown.</p>""");
        Bits.OpenTable(html, "Stories, the widest first", "filter", "Story", "#Outlets", "#Articles", "#Copies", "#Rewrites", "First seen");
        foreach (var story in data.Stories.Take(MaxStories))
        {
            html.Add(
                $"""<tr><th scope="row"><a class="headline" href="{PageNames.Story(story.Id)}" dir="auto"{Bits.Language(story.Lead.Language)}>{Say.Cut(story.Lead.Title, 140)}</a><span class="sub"><bdi>{story.Lead.Outlet}</bdi></span></th>""");
            html.Add(
                $"""<td class="n">{story.Outlets}</td><td class="n">{story.Articles.Count}</td><td class="n">{story.Copies}</td><td class="n">{story.Rewrites}</td><td>{Bits.Time(story.First)}</td></tr>""");
        }

        Bits.CloseTable(html);
    });

    private static void Legend(HtmlBuilder html, ReportData data)
    {
        html.Add($"""<dl class="kinds">""");
        var counts = data.Articles.CountBy(a => a.Kind).ToDictionary(StringComparer.Ordinal);
        foreach (var kind in Words.Kinds.Where(counts.ContainsKey))
            html.Add($"""<div><dt>{Bits.Kind(kind)} <b>{counts[kind]}</b></dt><dd>{Words.KindMeaning(kind)}</dd></div>""");
        html.Add($"</dl>\n");
    }
}
