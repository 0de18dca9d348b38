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
    [InlineData("https://post.example/#!/story/1", "https://post.example/#!/story/2")]
    [InlineData("https://post.example/app#/story/1", "https://post.example/app")]
    public void Other_article_has_another_key(string a, string b) => Assert.NotEqual(AddressKey.Of(a), AddressKey.Of(b));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("https://post.example/")]
    [InlineData("https://post.example/?utm_source=feed")]
    public void Homepage_and_nonsense_have_none(string? url) => Assert.Equal(0UL, AddressKey.Of(url));

    [Fact]
    public void Plain_address_has_the_key_that_it_has_among_any()
    {
        string[] parts = ["www.", "www", "news", "example", ".", "-", "com", "7", "1.2.3.4", "xn--", "/", "//", "/a", "/B-c_d~e.html", "/.", "..", "%41", ":80", "@", "?q=1", "#f", "É", " ", "\\"];
        var random = new Random(4);
        var plain = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var some = random.Next(2) == 0 ? 13 : parts.Length;
            var url =
                (random.Next(2) == 0 ? "http://" : "https://") + string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(some)]));
            if (AddressKey.OfPlain(url) is not { } key)
                continue;
            plain++;
            Assert.Equal((url, AddressKey.OfAny(url)), (url, key));
        }

        Assert.True(plain > 1_000);
    }
}
