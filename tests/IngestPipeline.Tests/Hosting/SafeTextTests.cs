using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;

namespace IngestPipeline.Tests.Hosting;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("GET https://acct.blob.core.windows.net/c/b?sv=2024&sig=CANARY%2Fx%3D&se=1 failed")]
    [InlineData("https://reader:CANARY@feeds.example/rss")]
    [InlineData("Authorization: Basic CANARY")]
    [InlineData("authorization=Bearer CANARY")]
    [InlineData("sent Bearer CANARY to the server")]
    [InlineData("{\"Authorization\": \"Bearer CANARY\"}")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=CANARY==;EndpointSuffix=core.windows.net")]
    [InlineData("InstrumentationKey=CANARY;IngestionEndpoint=https://x.example/")]
    [InlineData("Endpoint=sb://x;SharedAccessKeyName=a;SharedAccessKey=CANARY")]
    [InlineData("Cookie: session=CANARY; other=CANARY")]
    [InlineData("{\"api_key\":\"CANARY\"}")]
    [InlineData("https://feeds.example/rss?token=CANARY&page=2")]
    [InlineData("SIG=CANARY")]
    public void Hides_credentials(string text) => Assert.DoesNotContain("CANARY", SafeText.Of(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("first\r\n2026-01-01 ERROR forged", "first  2026-01-01 ERROR forged")]
    [InlineData("\u001b[31mred\u001b[0m and \u001b]0;title\u0007plain", "red and plain")]
    [InlineData("abc\u202Edef\u2066\u0000", "abc def  ")]
    [InlineData("Bücher 日本 🙂", "Bücher 日本 🙂")]
    public void Keeps_one_plain_line(string text, string expected) => Assert.Equal(expected, SafeText.Of(text));

    [Fact]
    public void Keeps_what_explains_a_failure() =>
        Assert.Equal("404 from https://news.example/a/b?page=2: not found", SafeText.Of("404 from https://news.example/a/b?page=2: not found"));

    [Fact]
    public void Cuts_long_text_between_characters()
    {
        var safe = SafeText.Of(string.Concat(Enumerable.Repeat("🙂", 100_000)) + "x");

        Assert.Equal(SafeText.MaxLength + 1, safe.Length);
        Assert.False(char.IsHighSurrogate(safe[^2]));
    }

    [Fact]
    public void Leaves_the_pipelines_own_messages_as_they_are()
    {
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        string[] messages =
        [
            MessageJson.Write(new FeedMessage(MessageJson.Version, new string('a', 32), trace)),
            MessageJson.Write(new ArticleMessage(MessageJson.Version, new string('b', 32), trace)),
            MessageJson.Write(new ReplayMessage(MessageJson.Version, "archive/2025/", new string('c', 16), "2026-03-14", trace)),
        ];

        Assert.All(messages, message => Assert.Equal(message, SafeText.Of(message, 8192)));
    }

    [Theory]
    [InlineData("https://u:p@news.example:8443/a/b?key=1#c", "https://news.example:8443/a/b")]
    [InlineData("https://news.example/", "https://news.example/")]
    public void An_address_is_shown_without_user_query_and_fragment(string address, string expected) =>
        Assert.Equal(expected, SafeText.Of(new Uri(address)));
}
