using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class ExplainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Explain_shows_every_block_with_its_rule_and_lets_nothing_of_the_page_become_markup()
    {
        var page = Page("<p>Also read: &lt;script&gt;alert(1)&lt;/script&gt; Storm reaches the islands</p>");
        await File.WriteAllTextAsync(_folder["page.html"], page);

        var run = await CliRun.RunAsync("explain", _folder["page.html"], "--out", _folder["out.html"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"wrote {_folder["out.html"]}: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith(" of them removed", Assert.Single(run.Error.Trim().Split('\n')).Trim(), StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(_folder["out.html"]);
        using var document = await new HtmlParser().ParseDocumentAsync(html);
        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, [onclick], [src], [href]"));
        Assert.Contains(
            document.QuerySelectorAll("li.gone"),
            li => li.TextContent.Contains("<script>alert(1)</script>", StringComparison.Ordinal) && li.QuerySelector("code") is not null);
        Assert.NotEmpty(document.QuerySelectorAll("li.kept"));
        var style = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(document.QuerySelector("style")!.TextContent)));
        Assert.Contains(
            $"default-src 'none'; style-src 'sha256-{style}'", document.QuerySelector("meta[http-equiv]")!.GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_as_JSON_has_every_block_in_reading_order()
    {
        await File.WriteAllTextAsync(_folder["page.html"], Page("<p>Also read: Storm reaches the islands</p>"));

        var json = JsonElement.Parse((await CliRun.RunAsync("explain", _folder["page.html"], "--json")).Output);

        var blocks = json.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Contains(blocks, b => b.GetProperty("fate").GetString() == "kept");
        var removed = Assert.Single(blocks, b => b.GetProperty("text").GetString()!.StartsWith("Also read", StringComparison.Ordinal));
        Assert.Equal("removed", removed.GetProperty("fate").GetString());
        Assert.NotEqual("", removed.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("ftp://example.org/a", "not an http(s) address")]
    [InlineData("http://127.0.0.1:9/a", "ingest doctor http://127.0.0.1:9/a")]
    [InlineData("no-such-file.html", "no such file")]
    [InlineData("page.html", "no charset is called that", "--charset", "utf-9")]
    public async Task Explain_says_in_one_line_what_it_cannot_read(string file, string message, params string[] more)
    {
        var run = await CliRun.RunAsync(["explain", file, .. more]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_fetches_an_address_as_the_pipeline_would()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/old", "/storm").Page("/storm", Page("<p>Also read: Storm reaches the islands</p>")).Page("/pod.mp3", "ID3", "audio/mpeg");
        string[] allow = ["--allow-host", site.Root.Authority];

        var run = await CliRun.RunAsync(["explain", site.Url("/old").AbsoluteUri, .. allow, "--out", _folder["out.html"]]);
        var other = await CliRun.RunAsync(["explain", site.Url("/pod.mp3").AbsoluteUri, .. allow]);

        Assert.Equal(0, run.ExitCode);
        var html = await File.ReadAllTextAsync(_folder["out.html"]);
        Assert.Contains(site.Url("/old").AbsoluteUri, html, StringComparison.Ordinal);
        Assert.Contains("also-read", html, StringComparison.Ordinal);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("no page: the server calls it audio/mpeg", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_diff_prints_what_a_rule_would_remove_and_its_sum()
    {
        await File.WriteAllTextAsync(_folder["page.html"], Page("<p>House notice: the reading room is closed on the first Monday of every month.</p>"));
        await File.WriteAllTextAsync(_folder["house.rules.json"], """
            { "rules": [ { "id": "house", "kind": "notice", "languages": ["en"], "match": "line-starts", "cues": ["house notice"], "reason": "a notice",
              "example": "House notice: closed", "keeps": "House notices hung on every door." } ] }
            """);

        var run = await CliRun.RunAsync("extract", _folder["page.html"], "--rules", _folder["house.rules.json"], "--diff", "--quiet");

        Assert.Equal(0, run.ExitCode);
        var removed = JsonElement.Parse(Assert.Single(run.Lines)).GetProperty("removed");
        Assert.Equal("house", Assert.Single(removed.EnumerateArray()).GetProperty("rule").GetString());
        Assert.Contains("1 of 1 pages would change.", run.Error, StringComparison.Ordinal);
        Assert.Contains("house removes 1 block", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extract_learn_removes_what_the_pages_of_a_site_repeat_and_prints_the_same_for_any_workers()
    {
        var manifest = new StringBuilder();
        for (var n = 0; n < 4; n++)
        {
            await File.WriteAllTextAsync(
                _folder[$"{n}.html"], Page("<p>The Harbour Gazette prints on paper from the valley mills, as it has done since 1911.</p>", n));
            manifest.AppendLine(JsonSerializer.Serialize(new { id = $"{n}", url = $"https://gazette.example/{n}" }));
        }

        await File.WriteAllTextAsync(_folder["pages.jsonl"], manifest.ToString());
        var pages = Path.GetDirectoryName(_folder["pages.jsonl"])!;
        string[] command = ["extract", "--manifest", _folder["pages.jsonl"], "--pages", pages, "--quiet"];

        var alone = await CliRun.RunAsync(command);
        var learned = await CliRun.RunAsync([.. command, "--learn", "--workers", "1"]);
        var parallel = await CliRun.RunAsync([.. command, "--learn", "--workers", "4"]);

        Assert.All(alone.Lines, line => Assert.Contains("valley mills", JsonElement.Parse(line).GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.All(
            learned.Lines, line => Assert.DoesNotContain("valley mills", JsonElement.Parse(line).GetProperty("text").GetString(), StringComparison.Ordinal));
        Assert.Equal(learned.Output, parallel.Output);
    }

    public void Dispose() => _folder.Dispose();

    private static string Page(string extra, int number = 1)
    {
        var story = TestWeb.Story(number).Select(p => $"<p>{p}</p>").ToList();
        story.Insert(Math.Min(2, story.Count), extra);
        return $"<html><head><title>Report {number}</title></head><body><nav><a href=/>Home</a></nav><article><h1>Report {number}</h1>{string.Concat(story)}</article></body></html>";
    }
}
