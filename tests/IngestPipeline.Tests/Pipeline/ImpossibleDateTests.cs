using System.Text.Json;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Dates that cannot be are neither believed nor gone by.</summary>
public sealed class ImpossibleDateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", "published-unset")]
    [InlineData("Wed, 31 Dec 1969 19:00:00 -0500", "published-unset")]
    [InlineData("Fri, 01 Mar 2041 07:00:00 GMT", "published-in-future")]
    [InlineData("Mon, 16 Mar 2026 12:00:00 GMT", "published-in-future")]
    public async Task The_record_says_the_time_of_capture_and_is_flagged(string date, string flag)
    {
        var record = await RecordAsync(date);
        Assert.Equal(("2026-03-14T12:06:00Z", "captured"), Published(record));
        Assert.Equal([flag], record.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));
    }

    [Theory]
    [InlineData("Sat, 14 Mar 2026 11:00:00 GMT", "2026-03-14T11:00:00Z")]
    [InlineData("Sun, 15 Mar 2026 06:00:00 GMT", "2026-03-15T06:00:00Z")]
    [InlineData("Tue, 03 Feb 1970 08:00:00 GMT", "1970-02-03T08:00:00Z")]
    [InlineData("Sun, 20 Jul 1969 20:17:00 GMT", "1969-07-20T20:17:00Z")]
    public async Task A_date_that_can_be_is_kept(string date, string expected)
    {
        var record = await RecordAsync(date);
        Assert.Equal((expected, "feed:published"), Published(record));
        Assert.Empty(record.GetProperty("flags").EnumerateArray());
    }

    [Fact]
    public async Task Which_copy_was_first_is_told_by_the_captures_and_not_by_dates()
    {
        var web = new TestWeb()
            .FeedXml("https://post.example/feed", 0, Item("Story one", "https://post.example/1", "Fri, 01 Mar 2041 07:00:00 GMT"))
            .Article("https://post.example/1", 0.1, "Story one", TestWeb.Story(1))
            .FeedXml("https://echo.example/feed", 1, Item("Story one", "https://echo.example/1", "Thu, 01 Jan 1970 00:00:00 GMT"))
            .Article("https://echo.example/1", 1.1, "Story one", TestWeb.Story(1));
        await ReplayRun.RunAsync(web.Save(_folder["a.warc"]), _folder["out"]);

        var records = ReplayRun.Records(_folder["out"]).ToDictionary(r => r.GetProperty("url").GetString()!, StringComparer.Ordinal);
        var original = records["https://post.example/1"].GetProperty("id").GetString();
        Assert.All(records.Values, r => Assert.Equal(original, r.GetProperty("copy").GetProperty("canonicalId").GetString()));
    }

    public void Dispose() => _folder.Dispose();

    private static string Item(string title, string link, string date) =>
        $"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate></item>";

    private static (string?, string?) Published(JsonElement record) =>
        (record.GetProperty("published").GetProperty("value").GetString(), record.GetProperty("published").GetProperty("source").GetString());

    private async Task<JsonElement> RecordAsync(string date)
    {
        var web = new TestWeb()
            .FeedXml("https://post.example/feed", 0, Item("Story one", "https://post.example/1", date))
            .Article("https://post.example/1", 0.1, "Story one", TestWeb.Story(1));
        await ReplayRun.RunAsync(web.Save(_folder["a.warc"]), _folder["out"]);
        return Assert.Single(ReplayRun.Records(_folder["out"]));
    }
}
