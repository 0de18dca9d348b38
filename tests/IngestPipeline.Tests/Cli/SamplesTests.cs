using System.Text.Json;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

/// <summary>The README's first command, as a newcomer runs it.</summary>
public sealed class SamplesTests : IDisposable
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_summary_says_what_came_in_what_was_stripped_what_was_a_copy_and_where_the_records_are()
    {
        var run = await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("3 feeds read 6 times", run.Output, StringComparison.Ordinal);
        Assert.Contains("1  not archived", run.Output, StringComparison.Ordinal);
        Assert.Contains("has 2 copies", run.Output, StringComparison.Ordinal);
        Assert.Contains("donation", run.Output, StringComparison.Ordinal);
        Assert.Contains(_folder["out"] + "/records/", run.Output, StringComparison.Ordinal);
        Assert.Contains("changed nothing", (await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_as_json_adds_up()
    {
        var run = await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--json", "--quiet");

        var summary = JsonElement.Parse(run.Output);
        Assert.True(summary.GetProperty("addsUp").GetBoolean());
        Assert.Equal(summary.GetProperty("articlesIn").GetInt32(), summary.GetProperty("articles").EnumerateObject().Sum(a => a.Value.GetInt32()));
        Assert.Equal(21, summary.GetProperty("entries").EnumerateObject().Sum(e => e.Value.GetInt32()));
    }

    [Fact]
    public async Task No_record_of_the_samples_keeps_boilerplate_and_none_loses_its_text()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");
        string[] boilerplate = ["donat", "Also Read", "Read more", "newsletter", "Share this", "Most read", "Recent News", "cookies", "Copyright", "©", "Tags:", "app to get", "Become a member", "Related stories", "min read", "comment"];

        foreach (var record in ReplayRun.Records(_folder["out"]).Where(r => r.GetProperty("textFrom").GetString() != "headline"))
        {
            var text = record.GetProperty("text").GetString()!;
            Assert.DoesNotContain(boilerplate, b => text.Contains(b, StringComparison.OrdinalIgnoreCase));
            Assert.True(text.Length > 300, text);
            Assert.EndsWith(".", text, StringComparison.Ordinal);
        }

        Assert.Contains("alga", ReplayRun.Record(_folder["out"], "Why the mill pond is red").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            2, ReplayRun.Record(_folder["out"], "Council adopts budget with a sea wall and without a library roof").GetProperty("revision").GetInt32());
    }

    public void Dispose() => _folder.Dispose();
}
