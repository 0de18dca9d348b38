using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Tests.Extraction.Segmentation;

public sealed class PageSegmenterTests
{
    [Theory]
    [InlineData("<p>One <b>two</b>, <i>th</i>ree</p>", "One two, three")]
    [InlineData("<p>One</p><p>Two</p>", "One|Two")]
    [InlineData("<div>Head<p>Body</p>Tail</div>", "Head|Body|Tail")]
    [InlineData("<p>One<br>Two</p>", "One Two")]
    [InlineData("<p>One<br><br>Two</p>", "One|Two")]
    [InlineData("<ul><li>One<li>Two</ul>", "One|Two")]
    [InlineData("<nav><a>One</a><a>Two</a></nav>", "One Two")]
    [InlineData("<p>One<img>Two</p>", "One Two")]
    [InlineData("<table><tr><td>A<td>B</table>", "A|B")]
    [InlineData("<span><span>In</span>line</span><div>Block</div>", "Inline|Block")]
    [InlineData("<p>  One \n\t two\u00A0three </p>", "One two three")]
    [InlineData("<p>vi\u00ADsi\u200Bble \u202Eover\u202C</p>", "visible over")]
    [InlineData("<p>e\u0301</p>", "\u00E9")]
    [InlineData("<p>a<script>b()</script>c</p><style>d</style>", "ac")]
    [InlineData("<pre><div>if (a) {</div><div>  b();</div><div>}</div></pre><p>One", "if (a) { b(); }|One")]
    [InlineData("<pre><p>One</p><p>Two</p></pre>", "One|Two")]
    [InlineData("<custom-teaser>One</custom-teaser><p>Two</p>", "One|Two")]
    [InlineData("<text-list><text-part>One</text-part><text-part>Two</text-part></text-list>", "One|Two")]
    [InlineData("<div>One <custom-word>two</custom-word>, <custom-word>th</custom-word>ree</div>", "One two, three")]
    [InlineData("<p><custom-word>O</custom-word><custom-word>ne</custom-word></p>", "One")]
    public void Parts_a_page_where_a_browser_would(string html, string expected) =>
        Assert.Equal(expected.Split('|'), Segment(html).Blocks.Select(b => b.Text));

    [Theory]
    [InlineData("<p>The <a href=x>harbour office<span class='visually-hidden'>, opens new tab</span></a> said so.</p>", "The harbour office said so.")]
    [InlineData(
        "<p>The <a href=x>harbour office<span style='position:absolute;clip:rect(0 0 0 0);width:1px'> (opens in a new window)</span></a> said so.</p>",
        "The harbour office said so.")]
    // A picture's link has no other text, and what stands outside a link may be seen by some.
    [InlineData("<p><a href=x><svg></svg><span class='sr-only'>Share</span></a></p>", "Share")]
    [InlineData("<p>The office <span class='sr-only'>of the harbour</span> said so.</p>", "The office of the harbour said so.")]
    public void What_is_only_read_out_behind_a_links_text_is_left_out(string html, string expected) =>
        Assert.Equal(expected, Assert.Single(Segment(html).Blocks).Text);

    [Fact]
    public void Parts_preformatted_sentences_at_empty_lines_but_no_code()
    {
        const string Sentences = "The ferry left the harbour at noon. It reached the island\ntwo hours late, as a pump was broken. Nobody was hurt, and\nthe crew handed out tea while the engineers worked below.";
        const string Code = "if (ferry.IsLate) {\n  pump.Mend();\n  crew[0].Serve(tea);\n}";

        Assert.Equal(3, Segment($"<pre>{Sentences}\n\n{Sentences}\n \n{Sentences}</pre>").Blocks.Count);
        Assert.Single(Segment($"<pre>{string.Join("\n\n", Enumerable.Repeat(Code, 9))}</pre>").Blocks);
    }

    [Fact]
    public void Counts_linked_text()
    {
        var block = Assert.Single(Segment("<p>See <a href=x>this page</a> now</p>").Blocks);

        Assert.Equal((" this page".Length, 1), (block.LinkChars, block.Links));
    }

    [Fact]
    public void Sums_over_the_elements_above()
    {
        var layout = Segment("<article><p>One</p><div><p>Two</p></div></article><p>Three</p>");
        var article = layout.Nodes.Single(n => n.Tag == TagKind.Article);

        Assert.Equal((2, 6, 0, 1), (article.Blocks, article.Chars, article.FirstBlock, article.LastBlock));
    }

    [Fact]
    public void Reads_hints_out_of_class_names()
    {
        var node = Segment("<div class='c-articleBody__related-posts'>x</div>").Blocks[0].Node;

        Assert.True((node.Cues & CueTokens.Bit(CueGroup.Related)) != 0);
        Assert.True((node.Cues & CueTokens.Bit(CueGroup.Body)) != 0);
        Assert.Equal(0UL, node.Cues & CueTokens.Bit(CueGroup.Cookie));
    }

    [Fact]
    public void Survives_unpaired_surrogates() => Assert.Equal("a\uFFFDb", TextFolder.Fold("a\uD800b"));

    private static PageLayout Segment(string html)
    {
        using var document = TreeParser.Parse(html);
        return PageSegmenter.Segment(document);
    }
}
