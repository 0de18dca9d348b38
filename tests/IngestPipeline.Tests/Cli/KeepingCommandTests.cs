using System.Text.Json;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Upgrading;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class KeepingCommandTests : IDisposable
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Retain_says_what_would_go_and_then_lets_go_of_it()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");

        var dry = await CliRun.RunAsync("retain", _folder["out"], "--captures", "30", "--articles", "100", "--dry-run");
        var done = await CliRun.RunAsync("retain", _folder["out"], "--captures", "30", "--articles", "100", "--json");

        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("Nothing was changed.", dry.Output, StringComparison.Ordinal);
        var json = JsonElement.Parse(done.Output);
        Assert.Contains(
            $"{json.GetProperty("articles").GetInt32()} articles before {json.GetProperty("articlesFrom").GetString()} would go", dry.Output,
            StringComparison.Ordinal);
        Assert.True(json.GetProperty("articles").GetInt32() > 5);
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
    }

    [Theory]
    [InlineData("--captures", "1")]
    [InlineData("--articles", "9")]
    [InlineData("--articles", "x")]
    [InlineData("--quarantine", "0")]
    [InlineData("--runs", "-1")]
    public async Task Retain_refuses_days_that_make_no_sense_in_a_line(string option, string days)
    {
        var run = await CliRun.RunAsync("retain", _folder["out"], option, days);

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Retain_asks_for_days() => Assert.Equal(2, (await CliRun.RunAsync("retain", _folder["out"])).ExitCode);

    [Fact]
    public async Task Retain_lets_go_of_the_run_that_an_upgrade_left()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");
        await OldStore.DowngradeAsync(new FolderBlobStore(_folder["out"]));
        await CliRun.RunAsync("upgrade", _folder["out"], "--quiet");

        var dry = await CliRun.RunAsync("retain", _folder["out"], "--runs", "0", "--dry-run");
        var done = await CliRun.RunAsync("retain", _folder["out"], "--runs", "0", "--json");

        Assert.Equal((0, 0), (dry.ExitCode, done.ExitCode));
        var json = JsonElement.Parse(done.Output);
        Assert.Equal(1, json.GetProperty("runs").GetArrayLength());
        Assert.Contains($"1 earlier runs ({json.GetProperty("runFiles").GetInt32()} files) would go", dry.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out/articles"]) && Directory.EnumerateFiles(_folder["out/articles"], "*", SearchOption.AllDirectories).Any());
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
    }

    [Fact]
    public async Task Upgrade_says_what_it_would_do_does_it_and_then_has_nothing_to_do()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");
        await OldStore.DowngradeAsync(new FolderBlobStore(_folder["out"]));
        Assert.Equal(4, (await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet")).ExitCode);

        var dry = await CliRun.RunAsync("upgrade", _folder["out"], "--dry-run", "--quiet");
        var done = await CliRun.RunAsync("upgrade", _folder["out"], "--json", "--quiet");
        var again = await CliRun.RunAsync("upgrade", _folder["out"], "--quiet");

        Assert.Equal((0, 0, 0), (dry.ExitCode, done.ExitCode, again.ExitCode));
        Assert.Contains($"{JsonElement.Parse(done.Output).GetProperty("articles").GetInt32()} articles and", dry.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", dry.Output, StringComparison.Ordinal);
        Assert.Contains("nothing to do", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
        await OldStore.SetVersionAsync(new FolderBlobStore(_folder["out"]), "7");
        var newer = await CliRun.RunAsync("upgrade", _folder["out"]);
        Assert.Equal(4, newer.ExitCode);
        Assert.Contains("newer release", Assert.Single(newer.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_says_what_it_would_take_out_and_takes_it_out_when_told()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");
        var record = ReplayRun.Records(_folder["out"])[0];
        // Other pages may quote its headline.
        var (url, text) = (record.GetProperty("url").GetString()!, record.GetProperty("text").GetString()![..60]);

        var dry = await CliRun.RunAsync("forget", _folder["out"], url);
        Assert.NotEmpty(await StoreWords.FindAsync(new FolderBlobStore(_folder["out"]), url));
        var done = await CliRun.RunAsync("forget", _folder["out"], url, "--yes", "--json");

        Assert.Equal((0, 0), (dry.ExitCode, done.ExitCode));
        Assert.Contains("--yes does it", dry.Output, StringComparison.Ordinal);
        Assert.Equal(1, JsonElement.Parse(done.Output).GetProperty("articles").GetArrayLength());
        Assert.Empty(await StoreWords.FindAsync(new FolderBlobStore(_folder["out"]), text, url));
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
    }

    [Fact]
    public async Task A_mistyped_address_that_was_forgotten_can_be_taken_in_again()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["out"], "--quiet");
        var store = new FolderBlobStore(_folder["out"]);
        const string Mistyped = "https://harbour.example/a-stroy";
        var before = await CliRun.RunAsync("forget", _folder["out"], Mistyped, "--lift", "--yes");
        await CliRun.RunAsync("forget", _folder["out"], Mistyped, "--yes");
        var tombstones = await store.ListAsync(StoreNames.Tombstones).CountAsync();

        var dry = await CliRun.RunAsync("forget", _folder["out"], Mistyped, "--lift");
        Assert.Equal(tombstones, await store.ListAsync(StoreNames.Tombstones).CountAsync());
        var done = await CliRun.RunAsync("forget", _folder["out"], Mistyped, "--lift", "--yes", "--json");

        Assert.Equal((1, 0, 0), (before.ExitCode, dry.ExitCode, done.ExitCode));
        Assert.Equal((1, 0), (tombstones, await store.ListAsync(StoreNames.Tombstones).CountAsync()));
        Assert.NotNull(await store.ReadAsync(JsonElement.Parse(done.Output).GetProperty("receipt").GetString()!));
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
    }

    [Theory]
    [InlineData("it is no address")]
    [InlineData]
    [InlineData("https://a.example/1", "--outlet", "x")]
    [InlineData("--outlet", "x", "--lift")]
    public async Task Forget_asks_for_an_address_or_an_outlet(params string[] args)
    {
        var run = await CliRun.RunAsync(["forget", _folder["out"], .. args]);

        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(SettingNames.KeepCapturesDays, "a month")]
    [InlineData(SettingNames.KeepCapturesDays, "1")]
    [InlineData(SettingNames.KeepArticlesDays, "10")]
    [InlineData(SettingNames.RawPages, "some")]
    public void Settings_that_make_no_sense_are_named(string setting, string value)
    {
        var (_, problems) = IngestOptions.Read(name => name == setting ? value : null, "folder");

        Assert.Contains(setting, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_say_how_long_things_are_kept()
    {
        var values = new Dictionary<string,
            string> { [SettingNames.KeepCapturesDays] = "30", [SettingNames.KeepArticlesDays] = "365", [SettingNames.KeepQuarantineDays] = "0", [SettingNames.RawPages] = "none" };
        var (options, problems) = IngestOptions.Read(values.GetValueOrDefault, "folder");

        Assert.Empty(problems);
        Assert.Equal(new() { CaptureDays = 30, ArticleDays = 365 }, options.Live.Retention);
        Assert.False(options.Fetching.KeepsRawPages);
        Assert.Equal(TimeSpan.FromDays(1), options.Fetching.RevisitAge);
    }

    public void Dispose() => _folder.Dispose();
}
