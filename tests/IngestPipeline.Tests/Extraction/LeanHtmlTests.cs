using System.Text.RegularExpressions;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Tests.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction;

public sealed partial class LeanHtmlTests
{
    private static readonly string[] Pieces = (
        "<b>|</b>|<b x=1>|<i class=x Y=1>|</i>|<p>|</p>|<table>|<tr>|<td>|</table>|<a href=q onclick='a>b'>|</a>|<div data-x=\"1\" class=c data-y>|</div>|text |<svg>|<svg viewBox=1/>|</svg>|<path d=1 />|<g>|</g>|"
        + "<select>|</select>|<option>|<script>|</script>|<script type=ld+json>|<SCRIPT a=1>|</Script >|if (a<b) c|'<p x=\"'|\"|'|<!--|-->|--!>|<!-->|<!-- <p> -->|<!-- x --!>|<!doctype x \"a>b\">|<?x ?>|</ x>|"
        + "</>|<![CDATA[|]]>|<style>|</style>|<style></|<noscript>|</noscript>|<template>|</template>|<title>|</title>|<textarea>|</textarea>|<iframe>|</iframe>|<p =a =b>|<p a = 'c' / d>|<g class/y>|<frameset>|<math>|"
        + "</math>|<desc>|&amp|;|<|<div title='x' |\r\n|a=b>|</div x='<p>'>|<foreignObject>|<font color=1 z=2>|<plaintext>|"
        + "<a href=/news/one>|<a HREF=/news/one href=/author/some-one>|<a href=/news/one href=/author/some-one>|<a href=/news/one itemprop=url>|<a ITEMPROP=url href='/news/one' x=1>|<A href=/news/one>|<a href='https://x.example/'>|"
        + "<a href=https://x.example/one/..>|<a href=&#47;>|<link href=a rel=b>|<p style=color:red style=display:none>|<p STYLE='Display:none'>|<p style=&#100;isplay:none>|<img class=c id=d/>|<input type=hidden name=n>|<p type=x name=y lang=z>|<h1>|"
        + "\n|</p>|<ul>|<li>|</li>|</ul>|</h1>|</td>|<caption>|<object>|</object>|</foreignObject>|</desc>|</font>|<nobr>|</nobr>|<button>|</button>|</option>|<optgroup>|<form>|<dd>|<head>|</head>|<body>|</body>|</html>|<meta name=a>|<hr>|<br>|</br>|"
        + "<math>|<mi>|<path d=1>|</path>|<text>|</text>|<style>p{}</style>|<title>a</title>|<script>a long enough script</script>|<col>|<tbody>|<ruby>|<rt>|<pre>|<section>|<custom-x>|</custom-x>|<template shadowrootmode=open>").Split('|');

    [Theory]
    [InlineData("<p onclick='x' class=c data-a=1 data-b>y</p>", "<p class=c>y</p>")]
    [InlineData("a<!-- b -->c", "a<!---->c")]
    [InlineData("<script>var a = 'a script';</script><style>p{}</style>", "<script>\u00010</script><style></style>")]
    [InlineData("<script type=\"application/ld+json\">{ \"@type\": \"NewsArticle\" }</script>", "<script type=\"application/ld+json\">\u00010</script>")]
    [InlineData("<script id=x type=module></script><img src=x class=y><input name=x type=hidden>", "<script type=module></script><img><input type=hidden>")]
    [InlineData("<template id=x data-y=1>a</template>", "<template id=x>a</template>")]
    [InlineData(
        "<template data-y=1>a</template><template data-y=1 shadowrootmode=open>", "<template data-y=1>a</template><template data-y=1 shadowrootmode=open>")]
    [InlineData("<a href='/news/one' class=c>x</a><a class=c href=https://x.example/one>", "<a class=c>x</a><a class=c>")]
    [InlineData(
        "<a href=/author/some-one><a href=/><a href='https://x.example'><a href=/a?b&amp;c>",
        "<a href=/author/some-one><a href=/><a href='https://x.example'><a href=/a?b&amp;c>")]
    [InlineData("<a x=1 href=/news/one property=url>", "<a href=/news/one property=url>")]
    [InlineData("<p style='color:red' style='display:none'><p style='a:b;display:none'>", "<p><p style='a:b;display:none'>")]
    [InlineData(
        "<head><link rel=icon href=x><link href=y rel=canonical x=1></head><body><link rel=icon href=x>",
        "<head><link href=y rel=canonical></head><body><link rel=icon href=x>")]
    [InlineData("<link rel=icon itemprop=image href=x>text<link rel=icon href=x>", "<link rel=icon itemprop=image href=x>text<link rel=icon href=x>")]
    [InlineData("<p lang=de name=x value=y>", "<p>")]
    [InlineData("<img src=x /><br /><p class=c / id=d  ><p class=c/ data-a=1/>", "<img/><br /><p class=c / id=d><p class=c/>")]
    [InlineData("<p / data-a=1>x<p class=c data-a=1 />", "<p / >x<p class=c  />")]
    [InlineData(
        "<head> <meta name=a>\n<!-- b -->\n<title>c</title>\n</head>\n<body> <!-- d --> <p>",
        "<head><meta name=a><!----><title>c</title></head>\n<body> <!----><p>")]
    [InlineData("<ul> <!-- a --> <li>b", "<ul><!----><li>b")]
    [InlineData("<svg viewBox='0'><g><path d='M0'/></g></svg>x", "<svg></svg>x")]
    [InlineData("<svg><g><p>x</g></svg>", "<svg><g><p>x</g></svg>")]
    [InlineData("<noscript><img src=x></noscript>", "<noscript></noscript>")]
    [InlineData("<strong x=1 y=2>z</strong>", "<strong x=1 y=2>z</strong>")]
    [InlineData("<script><!-- <script> </script> --></script><p x=1>", "<script><!-- <script> </script> --></script><p x=1>")]
    [InlineData("<ul>\n <li>a</li>\n <li>b</li>\n</ul> <p>", "<ul><li>a</li><li>b</li>\n</ul><p>")]
    [InlineData("<b>\n<p>a</b> <p>b", "<b>\n<p>a</b><p>b")]
    [InlineData("<i>a</i>\n<i>b</i> <span> <div> c", "<i>a</i>\n<i>b</i> <span><div> c")]
    [InlineData("<select> <div> x", "<select> <div> x")]
    public void Leaves_out_what_nobody_reads(string html, string lean) => Assert.Equal(lean, Lean(html).Finish().ToString());

    // Found by many seeds of the soup below.
    [Theory]
    [InlineData("a\n<table>b")]
    [InlineData("<a><foreignObject>\n<table><i>b")]
    [InlineData("<g>\n</g>\n<p>b")]
    [InlineData("<select><svg>a</svg>b")]
    [InlineData("<select><option><h1></select><style><plaintext></style><g>")]
    [InlineData("<svg>a</svg><frameset>")]
    [InlineData("<svg>a</svg><script>a long enough script</script><frameset>")]
    [InlineData("<svg><desc><g></svg>a")]
    [InlineData("<g><svg></g></svg><desc>")]
    [InlineData("<svg><g><svg></g></svg>a</svg>b")]
    [InlineData("<p><a href=q></b><p>\n<div>a")]
    [InlineData("<b><a></i></b>\n<p>")]
    [InlineData("<p><b><table><tr><td></b></table><p>\n<i>a")]
    [InlineData("<p><b><select></b></select><p>\n<i>a")]
    [InlineData("<b><div><div><div><div><div><div><div><div><div></b><p>\n<i>a")]
    [InlineData("<title>a </title><link href=a rel=b>")]
    [InlineData("<div>\n</a>b<template shadowrootmode=open>a")]
    [InlineData("<template shadowrootmode=open><col><script>b<col>a long enough script</script>")]
    [InlineData("<p>\n<style></style><![CDATA[<script><template shadowrootmode=open><tr><b>a")]
    [InlineData("<svg>a</svg><![CDATA[<script><frameset>")]
    [InlineData("<table><col>\n<p><col>")]
    public void Nothing_that_is_read_changes(string html) => AssertSame(html);

    [Fact]
    public void Scripts_are_still_there()
    {
        using var lean =
            Lean("<script>first line;\r\nthe second line;</script><template><script>var no = 'not of the page';</script></template><script>c</script>");
        using var document = TreeParser.Parse(lean);
        Assert.Equal(["first line;\nthe second line;", "c"], document.Scripts().Select(s => s.ToString()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_that_is_read_changes_whatever_the_soup(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 4_000; n++)
            AssertSame(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Pieces[random.Next(Pieces.Length)])));
    }

    private static void AssertSame(string html)
    {
        using var lean = Lean(html);
        using var whole = TreeParser.Parse(html);
        using var parsed = TreeParser.Parse(lean);
        Assert.True(Read(whole) == Read(parsed), $"{html}\nbecame\n{lean.Finish()}\n{Read(whole)}\nand\n{Read(parsed)}");
        Assert.Equal(whole.Scripts().Select(s => s.ToString()), parsed.Scripts().Select(s => s.ToString()));
    }

    private static LeanHtml Lean(string html)
    {
        var lean = new LeanHtml(html.AsMemory());
        Assert.Null(HtmlPreScan.Refuse(html, lean));
        return lean;
    }

    // What extraction may read: no styles, no drawings, nothing that only browsers without scripts show; scripts are compared apart.
    private static string Read(TreeDocument document)
    {
        var written = WrittenTree.Of(document, e => e.LocalName is not ("script" or "style" or "noscript" or "svg" or "template"), IsRead);
        // What stood before a link that is left out may stand at an edge now.
        return UnreadLink().Replace(written, "") is var read && read.Length < written.Length ? WrittenTree.End(read) : read;
    }

    [GeneratedRegex("<linktml[^>]* rel=b[^>]*></>")]
    private static partial Regex UnreadLink();

    private static bool IsRead(TreeElement element, TreeAttribute attribute) => (element.LocalName, attribute.Name.ToString()) switch
    {
        ("img" or "svg" or "style" or "noscript" or "template", _) => false,
        ("script" or "input", var name) => name is "type",
        ("a", "href") =>
            element.HasAttribute("itemprop")
                || element.HasAttribute("property")
                || PageCues.IsAuthorAddress(attribute.Value)
                || HomeLink.MayBeHome(attribute.Value),
        (var tag, "href") => tag is "link",
        (_, "style") =>
            attribute.Value.Contains("display", StringComparison.OrdinalIgnoreCase) || attribute.Value.Contains("clip", StringComparison.OrdinalIgnoreCase),
        (var tag, "lang" or "name" or "http-equiv" or "value" or "type" or "color" or "face" or "size" or "encoding" or "action" or "prompt") =>
            tag is "meta" or "html",
        var (_, name) => ReadAttributes.IsRead(name),
    };
}
