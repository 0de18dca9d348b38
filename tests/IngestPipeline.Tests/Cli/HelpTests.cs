using System.Text.Json;
using IngestPipeline.Cli.Commands;
using IngestPipeline.Cli.Help;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Help_shows_examples_first()
    {
        foreach (var args in new[] { new[] { "--help" }, ["report", "--help"], ["search", "-h"], ["export", "--help"], ["replay", "--help"] })
        {
            var run = await CliRun.RunAsync(args);

            Assert.Equal(0, run.ExitCode);
            Assert.StartsWith("Examples:\n  ingest", run.Output, StringComparison.Ordinal);
            Assert.Contains("--no-color", run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_command_has_examples_and_can_say_what_it_did_as_JSON()
    {
        foreach (var path in await CommandsAsync([]))
        {
            var help = (await CliRun.RunAsync([.. path, "--help"])).Output;

            Assert.True(help.StartsWith("Examples:", StringComparison.Ordinal), $"'ingest {string.Join(' ', path)}' shows no example");
            Assert.True(help.Contains("--json", StringComparison.Ordinal), $"'ingest {string.Join(' ', path)}' takes no --json");
        }
    }

    [Fact]
    public async Task Every_example_names_a_command_and_options_that_exist()
    {
        foreach (var example in Examples.All)
        {
            var words = Words(example[(example.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            // With --help at the end nothing runs, and what is no option of the command is an error all the same.
            var run = await CliRun.RunAsync([.. words, "--help"]);
            var path = string.Join(
                ' ', new[] { "ingest" }.Concat(words.TakeWhile(w => w.All(c => char.IsAsciiLetterLower(c) || c == '-') && !w.StartsWith('-')).Take(2)));

            Assert.True(run.ExitCode == 0, example);
            foreach (var option in words.Where(w => w.StartsWith("--", StringComparison.Ordinal)))
                Assert.True(run.Output.Contains(option, StringComparison.Ordinal), $"{option} of: {example} ({path})");
        }
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "compdef ")]
    [InlineData("fish", "complete -c ingest")]
    [InlineData("powershell", "Register-ArgumentCompleter")]
    public async Task Completion_scripts_ask_ingest_itself(string shell, string says)
    {
        var run = await CliRun.RunAsync("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(says, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_suggestions_that_completion_asks_for_are_commands_and_options()
    {
        Assert.Contains("report", (await CliRun.RunAsync("[suggest:9]", "ingest re")).Lines);
        var options = (await CliRun.RunAsync("[suggest:16]", "ingest report --")).Lines;
        Assert.Contains("--out", options);
        Assert.DoesNotContain("/h", options);
    }

    [Fact]
    public async Task Init_writes_files_that_the_project_reads_and_never_over_ones_that_are_there()
    {
        var run = await CliRun.RunAsync("init", _folder["news"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(FeedList.Read(File.ReadAllBytes(Path.Combine(_folder["news"], "feeds.json"))).Problems);
        File.WriteAllText(Path.Combine(_folder["news"], "feeds.json"), "mine");
        var again = JsonElement.Parse((await CliRun.RunAsync("init", _folder["news"], "--json")).Output);
        Assert.Equal(2, again.GetProperty("kept").GetArrayLength());
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder["news"], "feeds.json")));
    }

    [Fact]
    public async Task The_feeds_file_of_init_is_right_with_its_examples_taken_in()
    {
        await CliRun.RunAsync("init", _folder["news"]);
        var text = File.ReadAllText(Path.Combine(_folder["news"], "feeds.json"));

        var taken =
            string.Join('\n', text.Split('\n').Select(line => line.StartsWith("    // ", StringComparison.Ordinal) && !line.EndsWith(':') ? line[7..] : line));
        var read = FeedList.Read(System.Text.Encoding.UTF8.GetBytes(taken));

        Assert.Empty(read.Problems);
        Assert.Equal(2, read.List.Feeds.Count);
        Assert.Equal(TimeSpan.FromMinutes(30), read.List.Feeds[1].Interval);
    }

    [Theory]
    [InlineData("report", "nothing-here", "--out", "x")]
    [InlineData("search", "nothing-here", "word")]
    [InlineData("export", "nothing-here")]
    public async Task What_is_no_store_is_one_clear_line(params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains(
            "name one that 'ingest replay' or 'ingest run' wrote", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_as_json_says_what_was_made()
    {
        await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", _folder["store"], "--quiet");

        var made = JsonElement.Parse((await CliRun.RunAsync("report", _folder["store"], "--out", _folder["site"], "--json", "--quiet")).Output);

        Assert.Equal(12, made.GetProperty("articles").GetInt32());
        Assert.Equal("2026-03-15", made.GetProperty("latestDay").GetString());
    }

    public void Dispose() => _folder.Dispose();

    // The commands that do something: those without commands below them.
    private static async Task<List<string[]>> CommandsAsync(string[] path)
    {
        var help = (await CliRun.RunAsync([.. path, "--help"])).Output;
        var found = new List<string[]>();
        foreach (var line in help.Split('\n').SkipWhile(l => l != "Commands:").Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal)).Where(l => l.Length > 2 && char.IsAsciiLetterLower(l[2])))
            found.AddRange(await CommandsAsync([.. path, line.Trim().Split(' ')[0]]));
        return found.Count > 0 ? found : [path];
    }

    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (var c in line + " ")
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
                quote = quote == '\0' ? c : '\0';
            else if (quote == '\0' && c == ' ')
            {
                if (word.Length > 0)
                    words.Add(word.ToString());
                word.Clear();
            }
            else
                word.Append(c);
        }

        return words;
    }
}
