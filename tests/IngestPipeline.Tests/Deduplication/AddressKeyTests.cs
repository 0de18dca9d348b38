using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class AddressKeyTests
{
    [Theory]
    [InlineData("http://www.post.example/a/b/?utm_source=x&id=3#top", "https://post.example/a/b?id=3")]
    [InlineData("https://post.example/a?b=1&a=2", "https://post.example/a?a=2&b=1")]
    public void Same_article_has_the_same_key(string a, string b) => Assert.Equal(AddressKey.Of(a), AddressKey.Of(b));

    [Theory]
    [InlineData("https://post.example/a?id=3", "https://post.example/a?id=4")]
    [InlineData("https://post.example/a", "https://news.example/a")]
    public void Other_article_has_another_key(string a, string b) => Assert.NotEqual(AddressKey.Of(a), AddressKey.Of(b));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("https://post.example/")]
    [InlineData("https://post.example/?utm_source=feed")]
    public void Homepage_and_nonsense_have_none(string? url) => Assert.Equal(0UL, AddressKey.Of(url));
}
