using System.Text;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Records;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Tests.Reports;

public sealed class HtmlBuilderTests
{
    [Fact]
    public void Whatever_stands_in_a_hole_is_text_in_content_and_in_attributes() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(s => s is not null),
        text =>
        {
            var html = new HtmlBuilder();
            html.Add($"""<p title="{text}">{text}</p>""");
            var body = new HtmlParser().ParseDocument("<!doctype html>" + Encoding.UTF8.GetString(html.ToUtf8())).Body!;

            var paragraph = Assert.Single(body.Children);
            Assert.Empty(paragraph.Children);
            Assert.Equal(paragraph.TextContent, paragraph.GetAttribute("title"));
            Assert.Equal(Plain(text), Plain(paragraph.TextContent));
        }).Hold();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt; &amp; &#60;")]
    [InlineData("😀 \uD800 \0 \u0085 \u202Egnp.exe")]
    public void Hostile_text_makes_no_element_and_no_attribute(string text)
    {
        var html = new HtmlBuilder();
        html.Add($"""<p title="{text}">{text}</p>""");
        var paragraph = new HtmlParser().ParseDocument("<!doctype html>" + html).Body!.Children.Single();

        Assert.Empty(paragraph.Children);
        Assert.Equal("title", Assert.Single(paragraph.Attributes).Name);
        Assert.DoesNotContain('\u202E', paragraph.TextContent);
        Assert.Equal(paragraph.TextContent, paragraph.GetAttribute("title"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//elsewhere.example/x")]
    [InlineData("/relative")]
    [InlineData("https://user:word@bank.example/")]
    [InlineData("")]
    [InlineData(null)]
    public void Only_plain_web_addresses_become_links(string? address) => Assert.Null(SafeLink.Of(address));

    [Fact]
    public void A_web_address_is_linked_as_a_browser_would_ask_for_it() => Assert.Equal("https://a.example/?q=%22%3E", SafeLink.Of("https://a.example/?q=\">"));

    [Fact]
    public void Emoji_at_any_place_of_a_long_text_survive()
    {
        for (var before = 8180; before < 8200; before++)
        {
            var text = new string('a', before) + "😀";
            var html = new HtmlBuilder();
            html.Add($"{text}");

            Assert.Equal(text, new HtmlParser().ParseDocument(Encoding.UTF8.GetString(html.ToUtf8())).Body!.TextContent);
        }
    }

    // What HTML cannot carry, or reads as something else, is not compared.
    private static string Plain(string text) => string.Concat(text.Where(c => c is > ' ' and < '\u007F'));
}
