using IngestPipeline.Pipeline.Pages;

namespace IngestPipeline.Tests.Pipeline.Pages;

public sealed class PageNumberTests
{
    [Theory]
    [InlineData("https://post.example/news/storm", "https://post.example/news/storm/2", 2)]
    [InlineData("https://post.example/news/storm/", "https://post.example/news/storm/2/", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/storm/page/2", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/storm/seite-3", 3)]
    [InlineData("https://post.example/news/storm/1", "https://post.example/news/storm/2", 2)]
    [InlineData("https://post.example/news/storm.html", "https://post.example/news/storm-2.html", 2)]
    [InlineData("https://post.example/news/storm.html", "https://post.example/news/storm_p2.html", 2)]
    [InlineData("https://post.example/news/storm-1.html", "https://post.example/news/storm-2.html", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/storm?page=2", 2)]
    [InlineData("https://post.example/news/storm?id=7", "https://post.example/news/storm?id=7&pg=2", 2)]
    [InlineData("https://post.example/news/storm?page=1", "https://post.example/news/storm?page=2", 2)]
    public void Is_the_next_page(string first, string next, int number) => Assert.True(PageNumber.Is(new(first), new(next), number));

    [Theory]
    [InlineData("https://post.example/news/storm", "https://post.example/news/flood", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/flood-2", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/storm/3", 2)]
    [InlineData("https://post.example/news/storm", "https://other.example/news/storm/2", 2)]
    [InlineData("https://post.example/news/storm", "https://post.example/news/2", 2)]
    [InlineData("https://post.example/2026/03/13/storm", "https://post.example/2026/03/14/flood", 2)]
    [InlineData("https://post.example/?p=1", "https://post.example/?p=2&x=1", 2)]
    [InlineData("https://post.example/?p=118", "https://post.example/?p=119", 2)]
    [InlineData("https://post.example/news/storm?id=7", "https://post.example/news/storm?id=8&page=2", 2)]
    [InlineData("https://post.example/news", "https://post.example/news/storm-in-2", 2)]
    public void Is_another_article(string first, string next, int number) => Assert.False(PageNumber.Is(new(first), new(next), number));
}
