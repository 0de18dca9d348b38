using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Tests.Pipeline;

public sealed class ArticleUrlTests
{
    [Theory]
    [InlineData("https://Example.ORG/News/1", "https://example.org/News/1")]
    [InlineData("http://example.org:80/a#comments", "http://example.org/a")]
    [InlineData("https://example.org/a?utm_source=rss&id=7&fbclid=x", "https://example.org/a?id=7")]
    [InlineData("https://example.org/a?UTM_Campaign=x", "https://example.org/a")]
    [InlineData("https://example.org", "https://example.org/")]
    [InlineData("https://example.org./a/../b", "https://example.org/b")]
    [InlineData("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4")]
    [InlineData("  https://example.org/a \n", "https://example.org/a")]
    [InlineData("https://example.org/a?b=1&a=2", "https://example.org/a?b=1&a=2")]
    [InlineData("https://example.org/#!story/1", "https://example.org/#!story/1")]
    [InlineData("https://example.org/app#/story/1?utm_source=rss&p=2#top", "https://example.org/app#/story/1?p=2#top")]
    [InlineData("https://example.org/app#!", "https://example.org/app")]
    [InlineData("https://example.org/app#/", "https://example.org/app")]
    [InlineData("https://example.org/a#:~:text=storm", "https://example.org/a")]
    [InlineData("https://example.org/a#xtor=RSS-1", "https://example.org/a")]
    public void Brings_an_address_into_its_one_form(string address, string expected) =>
        Assert.Equal(expected, ArticleUrl.TryCreate(address)!.Text);

    [Theory]
    [InlineData("http://example.org/a", "https://example.org/a")]
    [InlineData("https://example.org/a?utm_medium=feed", "https://example.org/a")]
    [InlineData("https://example.org/%7Ejo", "https://example.org/~jo")]
    public void Gives_one_id_to_addresses_of_one_article(string a, string b) =>
        Assert.Equal(ArticleUrl.TryCreate(a)!.Id, ArticleUrl.TryCreate(b)!.Id);

    [Theory]
    [InlineData("https://example.org/a", "https://example.org/b")]
    [InlineData("https://example.org/a?id=1", "https://example.org/a?id=2")]
    [InlineData("https://example.org/A", "https://example.org/a")]
    [InlineData("https://example.org/#!/story/1", "https://example.org/#!/story/2")]
    [InlineData("https://example.org/#/story/1", "https://example.org/")]
    public void Gives_different_ids_to_different_pages(string a, string b) =>
        Assert.NotEqual(ArticleUrl.TryCreate(a)!.Id, ArticleUrl.TryCreate(b)!.Id);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/relative")]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://example.org/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//127.0.0.1/")]
    [InlineData("https://user:secret@example.org/a")]
    [InlineData("mailto:a@example.org")]
    public void Refuses_what_names_no_web_page(string? address) => Assert.Null(ArticleUrl.TryCreate(address));

    [Fact]
    public void Refuses_an_address_longer_than_the_bound() =>
        Assert.Null(ArticleUrl.TryCreate("https://example.org/" + new string('a', ArticleUrl.MaxLength)));

    [Fact]
    public void Normalising_twice_changes_nothing() => Prop.ForAll<NonNull<string>>(path =>
    {
        var once = ArticleUrl.TryCreate("https://example.org/" + path.Get);
        return once is null || ArticleUrl.TryCreate(once.Text)?.Text == once.Text;
    }).Hold();

    [Fact]
    public void Normalising_a_route_twice_changes_nothing() => Prop.ForAll<NonNull<string>>(route =>
    {
        var once = ArticleUrl.TryCreate("https://example.org/#!" + route.Get);
        return once is null || ArticleUrl.TryCreate(once.Text)?.Text == once.Text;
    }).Hold();
}
