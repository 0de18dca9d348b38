using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>What the words and figures mean.</summary>
internal static class HelpPage
{
    public static void Write(HtmlBuilder html, string version) => PageFrame.Write(html, PageNames.Help, PageNames.Help, "Help", _ =>
    {
        html.Add($"""
            <h1>How to read this report</h1>
            <p class="lead">A feed's <em>entry</em> leads to an <em>article</em> (a page); the article becomes a <em>record</em>: clean text, metadata with where each value was found, and what was removed. Records on one event form a <em>story</em>.</p>
            <section aria-labelledby="kinds"><h2 id="kinds">What a record is to others</h2><dl class="kinds">

            """);
        foreach (var kind in Words.Kinds)
            html.Add($"<div><dt>{Bits.Kind(kind)}</dt><dd>{TodayPage.Capital(Words.KindMeaning(kind))}.</dd></div>");
        html.Add($"""</dl></section><section aria-labelledby="from"><h2 id="from">Where a text came from</h2><dl class="facts">""");
        foreach (var from in Words.TextFrom)
            html.Add($"<div><dt>{Words.From(from)}</dt><dd>{TodayPage.Capital(Words.FromMeaning(from))}.</dd></div>");
        html.Add($"""
            </dl></section>
            <section aria-labelledby="figures"><h2 id="figures">Figures</h2><dl class="facts">
            <div><dt>First seen</dt><dd>When the article was first captured, in UTC. Days and order go by it; what a page says of its own date is under “published”.</dd></div>
            <div><dt>Stripped</dt><dd>The characters of removed blocks, as a share of removed and kept characters together.</dd></div>
            <div><dt>Similarity</dt><dd>How much of the shorter text the other has, after weighing common phrases less; the evidence names the measure and what would have been enough.</dd></div>
            <div><dt>Jumped</dt><dd>A site's day differs from its seven days before: the share of pages without text by 25 points, the share stripped by 20 points, or the median length by a factor of two. From five articles on.</dd></div>
            </dl></section>
            <section aria-labelledby="removed"><h2 id="removed">Why was this removed?</h2>
            <p>Each removed block names a rule and a reason. <code>density</code> and <code>model</code> are judgements of the block model by place, links and words; every other name is a rule with an example and a counter-example in the project's rule files. A block that should have stayed is worth a report: name the article's id and the rule.</p></section>
            <p class="meta">Written with pipeline version {version}.</p>

            """);
    });
}
