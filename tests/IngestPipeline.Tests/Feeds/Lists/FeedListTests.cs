using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using NJsonSchema;

namespace IngestPipeline.Tests.Feeds.Lists;

public sealed class FeedListTests
{
    private const string Sample = """
        {
          // The town's own paper.
          "feeds": [
            { "url": "https://harbour.example/feed", "title": "Harbour", "interval": "15m", "exclude": ["*/sport/*"] },
            "https://courier.example/rss", // trailing comma
          ]
        }
        """;

    [Fact]
    public void Reads_settings_comments_plain_addresses_and_trailing_commas()
    {
        var read = Read(Sample);

        Assert.Empty(read.Problems);
        Assert.Equal(["https://harbour.example/feed", "https://courier.example/rss"], read.List.Feeds.Select(f => f.Url.AbsoluteUri));
        Assert.Equal(TimeSpan.FromMinutes(15), read.List.Feeds[0].Interval);
        Assert.Equal(["*/sport/*"], read.List.Feeds[0].Exclude);
    }

    [Theory]
    [InlineData("{\n \"feeds\": [\n  { \"url\": \"ftp://a.example/\" } ] }", 3, "https://")]
    [InlineData("{\n \"feeds\": [\n  { \"url\": \"https://me:secret@a.example/\" } ] }", 3, "user name")]
    [InlineData("{\n \"feeds\": [\n  { \"title\": \"A\" } ] }", 3, "\"url\"")]
    [InlineData("{\n \"feeds\": [\n  { \"url\": \"https://a.example/\",\n \"intervall\": \"15m\" } ] }", 4, "intervall")]
    [InlineData("{\n \"feeds\": [\n  { \"url\": \"https://a.example/\",\n \"interval\": \"2 weeks\" } ] }", 4, "15m")]
    [InlineData("{\n \"feeds\": [\n  \"https://a.example/\",\n \"https://a.example/#x\" ] }", 4, "already")]
    [InlineData("{\n \"feeds\": [\n  { \"url\": \"https://a.example/\",\n \"credential\": \"Authorization: Bearer x\" } ] }", 4, "name of a setting")]
    [InlineData("{\n \"feed\": [] }", 2, "\"feeds\"")]
    [InlineData("{\n \"feeds\": [\n  \"https://a.example/\" \"b\" ] }", 3, "JSON")]
    [InlineData("[]", 1, "one JSON object")]
    public void Says_line_and_remedy_of_each_mistake(string file, int line, string says)
    {
        var problem = Assert.Single(Read(file).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_the_wrong_place_is_not_repeated_in_the_message() =>
        Assert.DoesNotContain(
            "Bearer x1", Read("{\"feeds\":[{\"url\":\"https://a.example/\",\"credential\":\"Authorization: Bearer x1\"}]}").Problems[0].Message,
            StringComparison.Ordinal);

    [Fact]
    public void Adding_keeps_comments_and_layout_and_leaves_out_what_is_there()
    {
        var added = FeedListWriter.Add(
            Encoding.UTF8.GetBytes(Sample), [new() { Url = new("https://new.example/feed") }, new() { Url = new("http://harbour.example/feed") }]);

        var text = Encoding.UTF8.GetString(added);
        Assert.Contains("// The town's own paper.", text, StringComparison.Ordinal);
        Assert.Contains("// trailing comma", text, StringComparison.Ordinal);
        Assert.Equal(["harbour.example", "courier.example", "new.example"], Clean(added));
    }

    [Theory]
    [InlineData("""{"feeds":[]}""")]
    [InlineData("""{"feeds":["https://a.example/"]}""")]
    [InlineData("""{"feeds":["https://a.example/" /* why */, ]}""")]
    [InlineData("""{}""")]
    public void Added_feeds_can_be_read_and_removed_again(string file)
    {
        var before = Clean(Encoding.UTF8.GetBytes(file));
        var feed =
            new FeedSettings { Url = new("https://new.example/feed"), Include = ["a\"b"], Interval = TimeSpan.FromHours(2), DailyBytes = 7, History = 50 };

        var added = FeedListWriter.Add(Encoding.UTF8.GetBytes(file), [feed]);
        Assert.Equal([.. before, "new.example"], Clean(added));
        var read = FeedList.Read(added).List.Feeds[^1];
        Assert.Equal(feed with { Include = [] }, read with { Include = [], Exclude = feed.Exclude });
        Assert.Equal(feed.Include, read.Include);
        Assert.Equal(before, Clean(FeedListWriter.Remove(added, feed.Id)));
    }

    [Fact]
    public void Any_feed_can_be_removed_and_the_rest_stays()
    {
        var file = FeedListWriter.Write(new([.. Enumerable.Range(0, 5).Select(n => new FeedSettings { Url = new($"https://f{n}.example/") })]));
        foreach (var feed in FeedList.Read(file).List.Feeds)
            Assert.Equal(FeedList.Read(file).List.Feeds.Where(f => f.Id != feed.Id).Select(f => f.Url.Host), Clean(FeedListWriter.Remove(file, feed.Id)));
    }

    [Theory]
    [InlineData("""{ "url": "https://a.example/", "history": 3 /* three */ }""", """{ "url": "https://a.example/", "history": 7 /* three */ }""")]
    [InlineData("""{ "history": 3, "url": "https://a.example/" }""", """{ "history": 7, "url": "https://a.example/" }""")]
    [InlineData("{ \"url\": \"https://a.example/\" // ours\n}", "{ \"url\": \"https://a.example/\",\"history\":7 // ours\n}")]
    [InlineData("""{ "url": "https://a.example/", "include": ["x", "y"], }""", """{ "url": "https://a.example/", "include": ["x", "y"],"history":7, }""")]
    public void A_property_is_set_and_everything_else_stays(string before, string after)
    {
        var file = Encoding.UTF8.GetBytes($"{{\"feeds\": [{before}, {{\"url\":\"https://b.example/\"}}]}}");

        var set = FeedListWriter.Set(file, new FeedSettings { Url = new("https://a.example/") }.Id, "history", "7");

        Assert.Equal($"{{\"feeds\": [{after}, {{\"url\":\"https://b.example/\"}}]}}", Encoding.UTF8.GetString(set));
        Assert.Equal([7, 0], FeedList.Read(set).List.Feeds.Select(f => f.History));
    }

    [Fact]
    public async Task Published_schema_takes_what_is_written_and_refuses_unknown_keys()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(RepositoryRoot.Path, "docs", "schemas", "feeds.schema.json"));
        var file = FeedListWriter.Write(
            new(
                [new() { Url = new("https://a.example/"), Title = "A", Interval = TimeSpan.FromMinutes(15), Enabled = false, DailyRequests = 5, Credential = "NAME", Include = ["x"] }]));

        Assert.Empty(schema.Validate(Encoding.UTF8.GetString(file)));
        Assert.NotEmpty(schema.Validate("""{"feeds":[{"url":"https://a.example/","nope":1}]}"""));
    }

    [Fact]
    public void Filter_takes_included_entries_and_drops_excluded_ones()
    {
        var filter = new FeedFilter(new() { Url = new("https://a.example/"), Include = ["*/world/*", "Weather"], Exclude = ["live blog"] });

        Assert.True(filter.Takes(new() { Link = "https://a.example/world/1", Title = "Storm" }));
        Assert.True(filter.Takes(new() { Link = "https://a.example/x", Categories = ["weather"] }));
        Assert.False(filter.Takes(new() { Link = "https://a.example/sport/1", Title = "Cup" }));
        Assert.False(filter.Takes(new() { Link = "https://a.example/world/2", Title = "Storm: Live Blog" }));
    }

    [Fact]
    public void A_plain_list_has_an_address_a_line_with_blank_lines_and_comments_between()
    {
        var read = Read(
            "\uFEFF# my feeds\r\n\r\nhttps://a.example/feed#all # the town's\r\nb.example/rss\r\n\thttp://c.example:8080/x?y=1\r\nhttps://a.example/feed\r\n");

        Assert.Empty(read.Problems);
        Assert.Equal(FeedListForm.Plain, read.Form);
        Assert.Equal(["https://a.example/feed#all", "https://b.example/rss", "http://c.example:8080/x?y=1"], read.List.Feeds.Select(f => f.Url.AbsoluteUri));
    }

    [Theory]
    [InlineData("a.example/1\nDear reader\nb.example/2", 2, "one address a line")]
    [InlineData("https://a.example/1 \"news\" \"~A\"\nb.example/2", 1, "one JSON object")]
    [InlineData("a.example/1\n\nftp://b.example/2", 3, "https://")]
    [InlineData("https://me:secret@a.example/1", 1, "user name")]
    [InlineData("Dear reader", 1, "plain text with one address a line")]
    [InlineData("<html><body>https://a.example/feed</body></html>", 1, "OPML")]
    [InlineData("", 1, "one address a line")]
    public void Says_line_and_remedy_of_what_is_no_plain_list(string file, int line, string says)
    {
        var problem = Assert.Single(Read(file).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_list_is_read_in_the_encoding_that_its_first_bytes_name() =>
        Assert.Equal(
            "a.example",
            Assert.Single(
                FeedList.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("https://a.example/feed\r\n")).ToArray()).List.Feeds).Url.Host);

    private static FeedListResult Read(string text) => FeedList.Read(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Clean(byte[] file)
    {
        var read = FeedList.Read(file);
        Assert.Empty(read.Problems);
        return read.List.Feeds.Select(f => f.Url.Host);
    }
}
