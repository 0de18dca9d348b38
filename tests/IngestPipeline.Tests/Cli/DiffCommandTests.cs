using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class DiffCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_stores_are_told_apart_article_by_article()
    {
        TestWeb Web() =>
            new TestWeb().Feed(
                "https://post.example/feed", 0, ("One", "https://post.example/1"), ("Two", "https://post.example/2"), ("Three", "https://post.example/3"))
            .Article("https://post.example/1", 1, "One", TestWeb.Story(1));
        var first = Web().Article("https://post.example/2", 1, "Two", TestWeb.Story(2)).Article("https://post.example/3", 1, "Three", TestWeb.Story(3));
        var second = Web().Article(
            "https://post.example/2", 1, "Two, corrected", [.. TestWeb.Story(2), "A last line that says something that the report had not said before this."])
            .Feed("https://echo.example/feed", 2, ("Echo", "https://echo.example/1")).Article("https://echo.example/1", 3, "Echo", TestWeb.Story(4));
        await ReplayRun.RunAsync(first.Save(_folder["a.warc"]), _folder["a"]);
        await ReplayRun.RunAsync(second.Save(_folder["b.warc"]), _folder["b"]);

        var json = JsonElement.Parse((await CliRun.RunAsync("diff", _folder["a"], _folder["b"], "--json")).Output);
        var text = await CliRun.RunAsync("diff", _folder["a"], _folder["b"]);

        Assert.Equal(
            (1, 1, 1, 1),
            (
                json.GetProperty("same").GetInt32(), json.GetProperty("changed").GetInt32(), json.GetProperty("added").GetInt32(),
                json.GetProperty("lost").GetInt32()));
        var changes = json.GetProperty("changes").EnumerateArray().ToDictionary(c => c.GetProperty("kind").GetString()!);
        Assert.Equal("https://echo.example/1", changes["added"].GetProperty("url").GetString());
        Assert.Equal("Three", changes["lost"].GetProperty("title").GetString());
        var fields = changes["changed"].GetProperty("fields");
        Assert.Equal("Two, corrected", fields.GetProperty("title").GetProperty("after").GetString());
        Assert.Contains("1 blocks of its own", fields.GetProperty("text").GetProperty("after").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, text.ExitCode);
        Assert.DoesNotContain("A last line that says", text.Output + json, StringComparison.Ordinal);
        Assert.Contains(text.Lines, l => l.Contains("title: Two -> Two, corrected", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_alone_compares_its_current_run_with_the_one_before_it()
    {
        var archive = ReplayTests.Weekend().Save(_folder["a.warc.gz"]);
        await ReplayRun.RunAsync(archive, _folder["s"], new() { Pipeline = new() { CopyWindowDays = 7 } });
        var only = await CliRun.RunAsync("diff", _folder["s"]);
        Assert.Equal(2, only.ExitCode);
        Assert.Contains("has one run", Assert.Single(only.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        await ReplayRun.RunAsync(archive, _folder["s"], new() { NewRun = true });

        var json = JsonElement.Parse((await CliRun.RunAsync("diff", _folder["s"], "--json")).Output);
        var named = JsonElement.Parse(
            (await CliRun.RunAsync("diff", _folder["s"] + "#" + PipelineVersion.Of(new() { CopyWindowDays = 7 }), _folder["s"], "--json")).Output);

        Assert.Equal(PipelineVersion.Of(new()), json.GetProperty("after").GetString());
        Assert.Equal(json.GetRawText(), named.GetRawText());
        Assert.True(json.GetProperty("same").GetInt32() > 3);
        Assert.Equal(0, json.GetProperty("added").GetInt32() + json.GetProperty("lost").GetInt32() + json.GetProperty("changed").GetInt32());
    }

    [Fact]
    public async Task A_version_that_the_store_has_not_is_answered_with_those_that_it_has()
    {
        await ReplayRun.RunAsync(ReplayTests.Weekend().Save(_folder["a.warc.gz"]), _folder["s"]);

        var run = await CliRun.RunAsync("diff", _folder["s"] + "#9-000000000000", _folder["s"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(
            "it has " + PipelineVersion.Of(new()), Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
