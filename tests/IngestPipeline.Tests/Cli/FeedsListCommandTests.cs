using System.Text.Json;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class FeedsListCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "feeds.json");

    [Fact]
    public async Task A_list_is_made_shown_exported_imported_and_emptied()
    {
        var added = await CliRun.RunAsync("feeds", "add", "harbour.example/feed", "http://courier.example/rss", "--feeds", File);
        Assert.Equal((0, $"{File}: 2 added, 2 in all\n"), (added.ExitCode, added.Output));
        Assert.Equal(["https://harbour.example/feed", "http://courier.example/rss"], (await CliRun.RunAsync("feeds", "list", "--feeds", File)).Lines);

        var opml = await CliRun.RunAsync("feeds", "export", "--feeds", File);
        var second = Path.Combine(_folder.Path, "second.json");
        var imported = await CliRun.RunAsync(opml.Output, ["feeds", "import", "-", "--feeds", second]);
        Assert.Equal(0, imported.ExitCode);
        Assert.Equal(2, (await CliRun.RunAsync("feeds", "list", "--json", "--feeds", second)).Lines.Count);

        var removed = await CliRun.RunAsync("feeds", "remove", "harbour.example/feed", "courier.example/rss", "--feeds", File);
        Assert.Equal((0, $"{File}: 2 removed, 0 left\n"), (removed.ExitCode, removed.Output));
    }

    [Fact]
    public async Task Each_command_says_what_it_did_as_JSON_too()
    {
        var added =
            JsonElement.Parse((await CliRun.RunAsync("feeds", "add", "a.example/feed", "b.example/feed", "--history", "7", "--json", "--feeds", File)).Output);
        Assert.Equal((2, 2), (added.GetProperty("added").GetInt32(), added.GetProperty("feeds").GetInt32()));
        var lines = (await CliRun.RunAsync("feeds", "export", "--json", "--feeds", File)).Lines;
        Assert.Equal(7, JsonElement.Parse(lines[1]).GetProperty("history").GetInt32());
        var removed = JsonElement.Parse((await CliRun.RunAsync("feeds", "remove", "a.example/feed", "--json", "--feeds", File)).Output);
        Assert.Equal((1, 1), (removed.GetProperty("removed").GetInt32(), removed.GetProperty("feeds").GetInt32()));
        var imported = JsonElement.Parse(
            (
                await CliRun.RunAsync(
                    "<opml><body><outline xmlUrl='https://b.example/feed'/><outline xmlUrl='https://c.example/feed'/></body></opml>",
                    ["feeds", "import", "-", "--json", "--feeds", File])).Output);
        Assert.Equal((1, 1, 2), (imported.GetProperty("added").GetInt32(), imported.GetProperty("known").GetInt32(), imported.GetProperty("feeds").GetInt32()));
    }

    [Fact]
    public async Task A_feed_that_is_listed_gets_what_the_command_says_of_it_and_keeps_the_rest()
    {
        await System.IO.File.WriteAllTextAsync(
            File, "{ \"feeds\": [\n  // the port\n  { \"url\": \"https://a.example/feed\", \"title\": \"A\", \"include\": [\"port\"] }\n] }\n");

        var changed = await CliRun.RunAsync("feeds", "add", "a.example/feed", "b.example/feed", "--title", "The \"Port\"", "--history", "7", "--feeds", File);
        var same = await CliRun.RunAsync("feeds", "add", "a.example/feed", "--feeds", File);

        Assert.Equal($"{File}: 1 added, 1 changed, 2 in all\n", changed.Output);
        Assert.Contains("stays as it is", same.Error, StringComparison.Ordinal);
        Assert.Contains("// the port", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
        var feed = JsonElement.Parse((await CliRun.RunAsync("feeds", "list", "--json", "--feeds", File)).Lines[0]);
        Assert.Equal(
            ("The \"Port\"", 7, 1),
            (feed.GetProperty("title").GetString(), feed.GetProperty("history").GetInt32(), feed.GetProperty("include").GetArrayLength()));
    }

    [Fact]
    public async Task A_mistake_in_the_file_is_told_with_its_line_and_nothing_is_changed()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\n \"feeds\": [\n  { \"ulr\": \"https://a.example/\" }\n ]\n}\n");

        var run = await CliRun.RunAsync("feeds", "add", "b.example", "--feeds", File);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{File}:3: unknown key \"ulr\"", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("b.example", await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "ftp://a.example/", "begins with https://")]
    [InlineData("add", "https://me:pw@a.example/", "no user name or password")]
    [InlineData("remove", "https://a.example/", "no such file")]
    [InlineData("import", "/no/such.opml", "no such file")]
    [InlineData("import", "/", "is a folder")]
    public async Task A_newcomers_mistake_is_one_line(string verb, string word, string says)
    {
        var run = await CliRun.RunAsync("feeds", verb, word, "--feeds", File);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("pw", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_list_is_taken_over_and_a_line_that_is_no_address_is_told()
    {
        await System.IO.File.WriteAllTextAsync(_folder["urls.txt"], "https://a.example/feed\nto be found\nb.example/rss\n");

        var run = await CliRun.RunAsync("feeds", "import", _folder["urls.txt"], "--feeds", File);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{_folder["urls.txt"]}:2: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(["https://a.example/feed", "https://b.example/rss"], (await CliRun.RunAsync("feeds", "list", "--feeds", File)).Lines);
    }

    [Theory]
    [InlineData("add", "<opml version=\"2.0\"><body><outline xmlUrl=\"https://a.example/feed\"/></body></opml>")]
    [InlineData("remove", "<opml version=\"2.0\"><body><outline xmlUrl=\"https://a.example/feed\"/></body></opml>")]
    [InlineData("import", "https://a.example/feed\n")]
    public async Task A_list_that_is_no_feeds_file_is_read_and_never_changed(string verb, string list)
    {
        await System.IO.File.WriteAllTextAsync(File, list);
        await System.IO.File.WriteAllTextAsync(_folder["other.txt"], "https://b.example/feed\n");

        var run = await CliRun.RunAsync("feeds", verb, verb == "import" ? _folder["other.txt"] : "https://a.example/feed", "--feeds", File);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("ingest feeds import", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(list, await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal(["https://a.example/feed"], (await CliRun.RunAsync("feeds", "list", "--feeds", File)).Lines);
    }

    [Fact]
    public async Task An_export_says_what_it_wrote_and_never_replaces_what_it_reads()
    {
        await CliRun.RunAsync("feeds", "add", "https://a.example/feed", "--feeds", File);

        var written = await CliRun.RunAsync("feeds", "export", "--feeds", File, "--out", _folder["new folder/feeds.opml"]);
        var refused = await CliRun.RunAsync("feeds", "export", "--feeds", File, "--out", File);

        Assert.Equal((0, $"wrote {_folder["new folder/feeds.opml"]}: 1 feed\n"), (written.ExitCode, written.Error));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("name another file", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["https://a.example/feed"], (await CliRun.RunAsync("feeds", "list", "--feeds", File)).Lines);
    }

    public void Dispose() => _folder.Dispose();
}
