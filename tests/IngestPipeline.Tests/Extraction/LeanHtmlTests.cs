using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Tests.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction;

public sealed class LeanHtmlTests
{
    private static readonly string[] Pieces = (
        "<b>|</b>|<b x=1>|<i class=x Y=1>|</i>|<p>|</p>|<table>|<tr>|<td>|</table>|<a href=q onclick='a>b'>|</a>|<div data-x=\"1\" class=c data-y>|</div>|text |<svg>|<svg viewBox=1/>|</svg>|<path d=1 />|<g>|</g>|"
        + "<select>|</select>|<option>|<script>|</script>|<script type=ld+json>|<SCRIPT a=1>|</Script >|if (a<b) c|'<p x=\"'|\"|'|<!--|-->|--!>|<!-->|<!-- <p> -->|<!-- x --!>|<!doctype x \"a>b\">|<?x ?>|</ x>|"
        + "</>|<![CDATA[|]]>|<style>|</style>|<style></|<noscript>|</noscript>|<template>|</template>|<title>|</title>|<textarea>|</textarea>|<iframe>|</iframe>|<p =a =b>|<p a = 'c' / d>|<g class/y>|<frameset>|<math>|"
        + "</math>|<desc>|&amp|;|<|<div title='x' |\r\n|a=b>|</div x='<p>'>|<foreignObject>|<font color=1 z=2>|<plaintext>").Split('|');

    [Theory]
    [InlineData("<p onclick='x' class=c data-a=1 data-b>y</p>", "<p  class=c >y</p>")]
    [InlineData("a<!-- b -->c", "a<!---->c")]
    [InlineData("<script>var a = 'a script';</script><style>p{}</style>", "<script>\u00010</script><style></style>")]
    [InlineData("<script type=\"application/ld+json\">{}</script>", "<script type=\"application/ld+json\">{}</script>")]
    [InlineData("<svg viewBox='0'><g><path d='M0'/></g></svg>x", "<svg ></svg>x")]
    [InlineData("<svg><g><p>x</g></svg>", "<svg><g><p>x</g></svg>")]
    [InlineData("<noscript><img src=x></noscript>", "<noscript></noscript>")]
    [InlineData("<strong x=1 y=2>z</strong>", "<strong x=1 y=2>z</strong>")]
    [InlineData("<script><!-- <script> </script> --></script><p x=1>", "<script><!-- <script> </script> --></script><p x=1>")]
    [InlineData("<ul>\n <li>a</li>\n <li>b</li>\n</ul> <p>", "<ul><li>a</li><li>b</li>\n</ul><p>")]
    [InlineData("<b>\n<p>a</b> <p>b", "<b>\n<p>a</b><p>b")]
    [InlineData("<i>a</i>\n<i>b</i> <span> <div> c", "<i>a</i>\n<i>b</i> <span><div> c")]
    [InlineData("<select> <div> x", "<select> <div> x")]
    public void Leaves_out_what_nobody_reads(string html, string lean) => Assert.Equal(lean, Lean(html).Finish().ToString());

    [Fact]
    public void Scripts_are_still_there()
    {
        using var lean = Lean("<script>first line;\r\nthe second line;</script><template><script>var no = 'not of the page';</script></template><script>c</script>");
        using var document = TreeParser.Parse(lean);
        Assert.Equal(["first line;\nthe second line;", "c"], document.Scripts());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_that_is_read_changes_whatever_the_soup(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 4_000; n++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            using var lean = Lean(html);
            using var whole = TreeParser.Parse(html);
            using var parsed = TreeParser.Parse(lean);
            Assert.True(Read(whole) == Read(parsed), $"{html}\nbecame\n{lean.Finish()}");
            Assert.Equal(whole.Scripts(), parsed.Scripts());
        }
    }

    private static LeanHtml Lean(string html)
    {
        var lean = new LeanHtml(html.AsMemory());
        Assert.Null(HtmlPreScan.Refuse(html, lean));
        return lean;
    }

    // What extraction may read: no styles, no drawings, nothing that only browsers without scripts show; scripts are compared apart.
    private static string Read(TreeDocument document) => WrittenTree.Of(document, e => e.LocalName is not ("script" or "style" or "noscript" or "svg" or "template"));
}
