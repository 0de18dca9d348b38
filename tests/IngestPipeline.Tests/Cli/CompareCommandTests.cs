using System.Text.Json;
using IngestPipeline.Tests.Deduplication;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Shows_the_decision_its_evidence_and_both_texts_with_marks()
    {
        await File.WriteAllTextAsync(_folder["a.txt"], string.Join("\n\n", TestWeb.Story(1)));
        await File.WriteAllTextAsync(_folder["b.html"], TestWeb.ArticleHtml("Another headline", [.. TestWeb.Story(1).Take(4), .. TestWeb.Story(2).Take(1)]));

        var run = await CliRun.RunAsync("compare", _folder["a.txt"], _folder["b.html"]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Near copies: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Containment: B holds ", run.Output, StringComparison.Ordinal);
        Assert.Contains("Agency credit: A none, B none.", run.Output, StringComparison.Ordinal);
        Assert.Contains("B: Another headline", run.Output, StringComparison.Ordinal);
        Assert.Contains("[1 ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" ]", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.All(run.Lines, l => Assert.True(l.Length <= 120));
    }

    [Fact]
    public async Task As_JSON_the_passages_are_places_in_both_texts()
    {
        await File.WriteAllTextAsync(_folder["a.txt"], string.Join("\n\n", TestWeb.Story(1)));
        await File.WriteAllTextAsync(_folder["b.txt"], string.Join("\n\n", [.. TestWeb.Story(2).Take(1), .. TestWeb.Story(1)]));

        var json = JsonElement.Parse((await CliRun.RunAsync("compare", _folder["a.txt"], _folder["b.txt"], "--json")).Output);

        Assert.Equal("near", json.GetProperty("kind").GetString());
        Assert.Equal(1, json.GetProperty("containedA").GetDecimal());
        var longest = json.GetProperty("passages").EnumerateArray().MaxBy(p => p.GetProperty("lengthA").GetInt32());
        var texts = (await CliRun.RunAsync("extract", _folder["a.txt"], _folder["b.txt"])).Lines.Select(l => JsonElement.Parse(l).GetProperty("text").GetString()!).ToList();
        Assert.True(longest.GetProperty("lengthA").GetInt32() > 100);
        Assert.Equal(Passage(texts[0], longest, "A"), Passage(texts[1], longest, "B"));
    }

    private static string Passage(string text, JsonElement passage, string side) =>
        text.Substring(passage.GetProperty("start" + side).GetInt32(), passage.GetProperty("length" + side).GetInt32());

    [Fact]
    public async Task Page_is_self_contained_forbids_scripts_and_shows_hostile_text_as_text()
    {
        var hostile = Texts.Report(1) + "\n\n<script>alert(1)</script><img src=x onerror=alert(2)> & \u202Egnp.exe \u0007";
        await File.WriteAllTextAsync(_folder["a.txt"], hostile);
        await File.WriteAllTextAsync(_folder["b.txt"], Texts.Report(1));

        var run = await CliRun.RunAsync("compare", _folder["a.txt"], _folder["b.txt"], "--out", _folder["page.html"]);

        Assert.Equal(0, run.ExitCode);
        var page = await File.ReadAllTextAsync(_folder["page.html"]);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<mark id=\"A1\"><a href=\"#B1\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_are_counted_by_label_and_written_a_line_each()
    {
        var text = Texts.Report(1, 2);
        await File.WriteAllLinesAsync(
            _folder["pairs.tsv"], [$"p1\t1\t{text}\t{text}", $"p2\t0\t{text}\t{Texts.Report(2, 2)}", "broken line", $"p3\t0\t{text}\t{Texts.Report(3, 2)}"]);

        var run = await CliRun.RunAsync("compare", "--pairs", _folder["pairs.tsv"], "--out", _folder["out.jsonl"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("pairs.tsv:3: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["exact", "apart", "apart"],
            (await File.ReadAllLinesAsync(_folder["out.jsonl"])).Select(l => JsonElement.Parse(l).GetProperty("kind").GetString()));
        Assert.Equal(3, run.Lines.Count);
        Assert.EndsWith("2", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Articles_of_a_store_are_named_by_id_or_address()
    {
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Wire", "https://post.example/wire"))
            .Feed("https://courier.example/feed", 1, ("Wire again", "https://courier.example/wire"))
            .Article("https://post.example/wire", 0.1, "Wire", TestWeb.Story(1))
            .Article("https://courier.example/wire", 1.1, "Wire", TestWeb.Story(1));
        await ReplayRun.RunAsync(web.Save(_folder["a.warc"]), _folder["store"]);
        var id = ReplayRun.Records(_folder["store"])
            .Single(r => r.GetProperty("url").GetString()!.Contains("courier", StringComparison.Ordinal))
            .GetProperty("id")
            .GetString()!;

        var run = await CliRun.RunAsync("compare", "https://post.example/wire?utm_source=x", id, "--store", _folder["store"]);
        var missing = await CliRun.RunAsync("compare", "https://post.example/other", id, "--store", _folder["store"]);

        Assert.StartsWith("Exact copies: the same text. A stands for both.", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("holds no article https://post.example/other", missing.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compare", "a.txt")]
    [InlineData("compare", "a.txt", "b.txt", "c.txt")]
    [InlineData("compare", "a.txt", "--pairs", "p.tsv")]
    [InlineData("compare", "no-such-file.txt", "no-such-file-either.txt")]
    public async Task Mistakes_are_told_in_one_line(params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("ingest: ", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
