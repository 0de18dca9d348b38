using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Tree;

public sealed partial class TreeParserTests
{
    private static readonly string[] Pieces = (
        "<b>|</b>|<b x=1>|<i y=1>|<i y=2>|<i class=x>|</i>|<p>|</p>|<table>|</table>|<tr>|<td>|</td>|<a href=q>|<a x=1>|<a x=2 class=c>|</a>|<div>|</div>|text |<svg>|</svg>|<ul>|<li>|</ul>|<select>|</select>|<option>|<font size=1>|</font>|<nobr>|"
        + "<button>|</button>|<form>|</form>|<template>|</template>|<template shadowrootmode=open class=x>|<h1>|</h1>|<caption>|<col>|<title>|</title>|<script>|</script>|<!-- x -->|&amp;|<br>|</br>|<foreignObject>|<math>|<mi>|</math>|"
        + "<body x=1>|<html y=2>|<frameset>|<noscript>|</noscript>|<object>|</object>|<dd>|<dt>|<ruby>|<rt>|<hr>|<input type=hidden>|<textarea>|</textarea>|<desc>|</desc>").Split('|');

    [Theory]
    [InlineData("<table><b>x<tr>y<td>z</table>")]
    [InlineData("<p><b><i></p>x</b>y</i>z")]
    [InlineData("<a href=1><div><a href=2>x")]
    [InlineData("<template><p>x</p><script>a</script></template>y")]
    [InlineData("<template><table><tr><td>x</table>y")]
    [InlineData("<div><template shadowrootmode=open><p>x</p><b>y</template>z</div>")]
    [InlineData("<x-y><template ShadowRootMode=Closed><p>x<slot></slot></template>z</x-y><table><template shadowrootmode=open><tr><td>a</template>b")]
    [InlineData("<svg><desc><p>x</p></desc><foreignObject><div>q</div></foreignObject><title>t</title></svg>after")]
    [InlineData("<svg><script>x</script><path /></svg>")]
    [InlineData("<math><mi>x</mi><annotation-xml encoding='text/html'><p>y</p></annotation-xml></math>")]
    [InlineData("<frameset><frame></frameset>")]
    [InlineData("<b><b><b><b><b>x</b>y<p>z")]
    [InlineData("<html a=1><body b=2><html c=3><body d=4 b=5>")]
    [InlineData("<x-y foo=1 foo=2>t</x-y><!-- a -->u")]
    [InlineData("a&lt;&nGt;&notit;\r\nc<pre>\n\nx</pre><textarea>\nx</textarea>")]
    [InlineData("")]
    public void Builds_the_tree_that_AngleSharp_builds(string html) => AssertSame(html);

    [Fact]
    public void Builds_the_same_tree_of_deep_nesting() =>
        AssertSame(string.Concat(Enumerable.Repeat("<div>", 900)) + "x" + string.Concat(Enumerable.Repeat("</div>", 900)) + "y");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Builds_the_same_tree_of_any_soup(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 2_000; n++)
            AssertSame(string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pieces[random.Next(Pieces.Length)])));
    }

    // Formatting that is not nested well moves a block away from the white space behind it, which is left out then as well.
    [Fact]
    public void Builds_the_same_tree_of_any_soup_whatever_white_space_stands_in_it()
    {
        var random = new Random(3);
        for (var n = 0; n < 2_000; n++)
        {
            var html =
                string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Pieces[random.Next(Pieces.Length)] + (random.Next(2) == 0 ? "\n" : "")));
            var (expected, actual) = Both(html);
            Assert.Equal(expected.Replace("\n", ""), actual.Replace("\n", ""));
        }
    }

    [Theory]
    [InlineData("<ul>\n<li>a</li>\n <li> b</li>\n</ul>\n", "<body><ul><li>a</li><li> b</li></ul></body>")]
    [InlineData("<div>\n<b>a</b>\n<i>b</i>\n</div>", "<body><div><b>a</b>\n<i>b</i>\n</div></body>")]
    [InlineData("a<p>b</p> c", "<body>a<p>b</p> c</body>")]
    public void Leaves_out_white_space_that_nobody_sees(string html, string kept)
    {
        using var document = TreeParser.Parse(html);
        Assert.Equal(kept, Markup(document.Body!));

        static string Markup(TreeNode node) =>
            node is TreeElement element
                ? $"<{element.LocalName}>{string.Concat(element.Children.ToArray().Select(Markup))}</{element.LocalName}>"
                : node.ToString()!;
    }

    [Fact]
    public void Keeps_what_a_template_shows()
    {
        using var document = TreeParser.Parse("<x-y><template class=a shadowrootmode=open><p>b</p><slot></slot></template>c</x-y><template>d</template>");
        Assert.Equal("bc", document.Body!.TextContent());
    }

    [Fact]
    public void Keeps_one_text_where_comments_part_it()
    {
        using var document = TreeParser.Parse("<p>a<!-- x -->b<!-- y -->c");
        var paragraph = Assert.IsType<TreeElement>(document.Body![0]);
        Assert.Equal("abc", paragraph.OnlyText?.ToString());
    }

    [Fact]
    public void Keeps_every_attribute_that_extraction_asks_for()
    {
        var folder = Path.Combine(RepositoryRoot.Path, "src", "IngestPipeline", "Extraction");
        var asked = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
            .SelectMany(code => Asking().Matches(code).Select(m => m.Groups[1].Value))
            .Concat(Cases(Path.Combine(folder, "Segmentation", "NodeReader.cs"))).Concat(Cases(Path.Combine(folder, "Metadata", "ElementCues.cs"))).ToList();

        Assert.True(asked.Count > 30);
        Assert.DoesNotContain(asked, name => !ReadAttributes.IsRead(name));

        // The names in the "case" and "is" of the files that go through an element's attributes.
        static IEnumerable<string> Cases(string file) =>
            File.ReadLines(file).Where(l => Choosing().IsMatch(l)).SelectMany(l => Quoted().Matches(l)).Select(m => m.Groups[1].Value)
            .Where(name => name is not ("a" or "true" or "none"));
    }

    [GeneratedRegex("(?:GetAttribute|HasAttribute)\\(\"([^\"]+)\"")]
    private static partial Regex Asking();

    [GeneratedRegex("case \"|ame is \"|IsOtherName|name is \"")]
    private static partial Regex Choosing();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();

    private static void AssertSame(string html)
    {
        var (expected, actual) = Both(html);
        Assert.Equal(expected, actual);
    }

    private static (string Expected, string Actual) Both(string html)
    {
        using var own = new HtmlParser(new HtmlParserOptions { SkipComments = true, IsScripting = true }).ParseDocument(html);
        using var ours = TreeParser.Parse(html);
        var expected = new StringBuilder();
        Write(own, expected);
        return (WrittenTree.End(expected.ToString()), WrittenTree.Of(ours, e => !(e.Name.IsHtml && e.LocalName == "template")));
    }

    private static void Write(INode parent, StringBuilder text)
    {
        var isEdge = IsBlock(parent);
        foreach (var child in ((parent as IElement)?.ShadowRoot?.ChildNodes ?? Enumerable.Empty<INode>()).Concat(parent.ChildNodes))
        {
            if (child is IText piece)
                WrittenTree.AddText(text, (parent as IElement)?.LocalName ?? "", piece.Data, ref isEdge);
            if (child is not IElement element)
                continue;

            isEdge = IsBlock(element);

            WrittenTree.Open(text, element.LocalName, element.NamespaceUri!, isEdge);
            foreach (var attribute in element.Attributes.Where(a => ReadAttributes.IsRead(a.Name)))
                text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value);
            text.Append('>');
            if (element is not IHtmlTemplateElement)
                Write(element, text);
            WrittenTree.Close(text, IsBlock(element));
        }
    }

    private static bool IsBlock(INode node) =>
        node is IElement element && element.NamespaceUri == NamespaceNames.HtmlUri && ElementNames.Html(element.LocalName) is { IsBlock: true };
}
