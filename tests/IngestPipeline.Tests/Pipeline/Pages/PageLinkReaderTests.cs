using System.Text;
using IngestPipeline.Pipeline.Pages;

namespace IngestPipeline.Tests.Pipeline.Pages;

public sealed class PageLinkReaderTests
{
    private static readonly Uri Url = new("https://post.example/news/a");

    [Theory]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url=/b\">", "https://post.example/b")]
    [InlineData("<META HTTP-EQUIV=refresh CONTENT='5;URL=\"b?x=1&amp;y=2\"'>", "https://post.example/news/b?x=1&y=2")]
    [InlineData("<meta content='1, https://other.example/c' http-equiv='Refresh'/>", "https://other.example/c")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url = '/b'\">", "https://post.example/b")]
    [InlineData("<base href='https://cdn.example/x/'><meta http-equiv=refresh content='0;url=b'>", "https://cdn.example/x/b")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"600; url=/b\">", null)]
    [InlineData("<meta http-equiv=\"refresh\" content=\"5\">", null)]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url=javascript:alert(1)\">", null)]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0; url=file:///etc/passwd\">", null)]
    [InlineData("<noscript><meta http-equiv=\"refresh\" content=\"0; url=/noscript\"></noscript>", null)]
    [InlineData("<!-- <meta http-equiv=\"refresh\" content=\"0; url=/b\"> -->", null)]
    [InlineData("<script>document.write('<meta http-equiv=\"refresh\" content=\"0; url=/b\">')</script>", null)]
    [InlineData("<metadata http-equiv=\"refresh\" content=\"0; url=/b\">", null)]
    [InlineData("<meta http-equiv=\"refresh\" content=", null)]
    public void Reads_meta_refresh(string html, string? url) => Assert.Equal(url, Read(html).Refresh?.AbsoluteUri);

    [Theory]
    [InlineData("<link rel=\"next\" href=\"/news/a?page=2\">", "https://post.example/news/a?page=2")]
    [InlineData(
        "<link rel=\"next\" href=\"/other\"><a class='b' rel='nofollow NEXT' href=/news/a/2>2</a>", "https://post.example/news/a/2 https://post.example/other")]
    [InlineData("<a data-rel=\"next\" href=\"/x\">", "")]
    [InlineData("<a rel=\"next\">", "")]
    [InlineData("<article rel=next href=/x>", "")]
    public void Reads_next_pages_the_text_before_the_head(string html, string urls)
    {
        Assert.Equal(urls, string.Join(' ', Read(html).Next));
        Assert.True(urls.Length == 0 || PageLinkReader.MayHaveNext(Encoding.UTF8.GetBytes(html)));
    }

    [Fact]
    public void Sees_at_a_glance_that_a_page_names_no_next_one() =>
        Assert.False(PageLinkReader.MayHaveNext("<a rel=\"nofollow\" class=\"next\">next</a><link rel='canonical' href=/next><a rel="u8));

    [Theory]
    [InlineData("<link rel=amphtml href='/amp/a'><link rel=alternate media=print href='/print/a'>", "https://post.example/amp/a")]
    [InlineData("<link rel=\"alternate\" media=\"print\" href=\"/print/a\">", "https://post.example/print/a")]
    [InlineData("<link rel=\"stylesheet\" media=\"print\" href=\"/print.css\">", null)]
    public void Reads_variants(string html, string? url) => Assert.Equal(url, Read(html).Variant?.AbsoluteUri);

    [Fact]
    public void Random_markup_never_throws()
    {
        string[] pieces = ["<", ">", "meta", "link", "a", "base", "rel", "=", "\"", "'", "next", "refresh", "http-equiv", "content", "0;url=", "href", " ", "/", "<!--", "-->", "<script", "</script", "é", "\0", "http://[", "amphtml"];
        var random = new Random(5);
        for (var run = 0; run < FuzzRuns.Of(4_000); run++)
            Read(string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)])));
    }

    private static PageLinks Read(string html) => PageLinkReader.Read(Encoding.UTF8.GetBytes(html), Url);
}
