using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class BatchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Dedupe_prints_one_line_for_each_distinct_id_and_reports_bad_lines_with_their_numbers()
    {
        var text = string.Join("\n\n", TestWeb.Story(1));
        var docs = string.Join(
            '\n', JsonSerializer.Serialize(new { id = "a", text }), "not json", JsonSerializer.Serialize(new { id = "b", text, more = new { x = 1 } }),
            JsonSerializer.Serialize(new { id = "a", text = "again" }), "[1]", """{"text":"no id"}""", "");
        await File.WriteAllTextAsync(_folder["docs.jsonl"], docs);

        var run = await CliRun.RunAsync("dedupe", _folder["docs.jsonl"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["a", "b"], run.Lines.Select(l => JsonElement.Parse(l).GetProperty("id").GetString()));
        Assert.Equal("exact", JsonElement.Parse(run.Lines[1]).GetProperty("kind").GetString());
        Assert.Equal("a", JsonElement.Parse(run.Lines[1]).GetProperty("canonicalId").GetString());
        foreach (var number in (int[])[2, 4, 5, 6])
            Assert.Contains($"docs.jsonl:{number}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(4, run.Error.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Half_a_character_in_an_escape_ends_nothing()
    {
        await File.WriteAllTextAsync(_folder["docs.jsonl"], """
            {"id":"a\uD83D","text":"Cut here \ud83d"}
            {"id":"b","text":"Whole \ud83d\ude00, a backslash before \\ud83d and the other half \uDE00"}
            """);

        var run = await CliRun.RunAsync("dedupe", _folder["docs.jsonl"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["a\uFFFD", "b"], run.Lines.Select(l => JsonElement.Parse(l).GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Dedupe_reads_gzip_and_standard_input_and_writes_to_a_file()
    {
        var line = """{"id":"a","title":"T","text":"Some text.","date":"14 March 2026"}""" + "\n";
        await using (var gzip = new GZipStream(File.Create(_folder["docs.jsonl.gz"]), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(line));

        var fromFile = await CliRun.RunAsync("dedupe", _folder["docs.jsonl.gz"], "--out", _folder["new/out.jsonl"]);
        var fromPipe = await CliRun.RunAsync(line, ["dedupe", "-"]);

        Assert.Equal(0, fromFile.ExitCode);
        Assert.Empty(fromFile.Output);
        Assert.Equal($"wrote {_folder["new/out.jsonl"]}: 1 line", fromFile.Error.Trim());
        Assert.Equal(fromPipe.Output, await File.ReadAllTextAsync(_folder["new/out.jsonl"]));
        Assert.False(File.Exists(_folder["new/out.jsonl.partial"]));
    }

    [Theory]
    [InlineData("dedupe", "-")]
    [InlineData("extract", "-")]
    [InlineData("feeds", "parse", "-")]
    public async Task A_pipe_may_be_compressed_like_a_file(params string[] command)
    {
        const string Input = """{"id":"a","title":"The harbour","text":"Some text about the <b>harbour</b>."}""";
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Input));
        compressed.Position = 0;
        using var output = new MemoryStream();

        var plain = await CliRun.RunAsync(Input, command);
        var code = await IngestCli.RunAsync(command, new Terminal(compressed, output, TextWriter.Null, errorIsTerminal: false, outputIsTerminal: false));

        Assert.Equal(plain.ExitCode, code);
        Assert.NotEmpty(plain.Output);
        Assert.Equal(plain.Output, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Dedupe_that_is_stopped_says_so_and_leaves_what_was_there()
    {
        await File.WriteAllTextAsync(_folder["docs.jsonl"], """{"id":"a","text":"Some text."}""");
        await File.WriteAllTextAsync(_folder["out.jsonl"], "of an earlier run");
        await using var error = new StringWriter();

        var code = await IngestCli.RunAsync(
            ["dedupe", _folder["docs.jsonl"], "--out", _folder["out.jsonl"]],
            new Terminal(Stream.Null, Stream.Null, error, errorIsTerminal: false, outputIsTerminal: false), new(canceled: true));

        Assert.Equal(130, code);
        Assert.StartsWith("ingest: stopped.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("of an earlier run", await File.ReadAllTextAsync(_folder["out.jsonl"]));
    }

    [Theory]
    [InlineData("dedupe", "-")]
    [InlineData("extract", "-")]
    [InlineData("compare", "-", "-")]
    [InlineData("feeds", "parse", "-")]
    [InlineData("explain", "-")]
    public async Task Who_waits_for_input_stops_at_once(params string[] command)
    {
        using var release = new ManualResetEventSlim();
        await using var input = new WaitingStream(release);
        await using var error = new StringWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var code = await IngestCli.RunAsync(
            command, new Terminal(input, Stream.Null, error, errorIsTerminal: false, outputIsTerminal: false),
            stop.Token).WaitAsync(TimeSpan.FromSeconds(40));
        release.Set();

        Assert.Equal(130, code);
        Assert.Equal("ingest: stopped. What was finished is kept; run the same command again to go on.", error.ToString().Trim());
    }

    [Theory]
    [InlineData(2, "dedupe", "-")]
    [InlineData(1, "extract", "-")]
    [InlineData(2, "compare", "-", "-")]
    [InlineData(1, "feeds", "parse", "-")]
    [InlineData(2, "feeds", "list", "--feeds", "-")]
    public async Task A_standard_input_that_is_closed_is_told_in_one_line(int code, params string[] command)
    {
        await using var error = new StringWriter();

        Assert.Equal(code, await IngestCli.RunAsync(command, new Terminal(StoppableInput.Closed, Stream.Null, error, errorIsTerminal: false, outputIsTerminal: false)));

        Assert.EndsWith("standard input is closed; give it a file or a pipe", Assert.Single(error.ToString().Trim().Split('\n')).Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_started_without_standard_input_says_so_and_does_not_wait()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec dotnet '{typeof(IngestCli).Assembly.Location}' dedupe - <&-"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEndAsync();

        try
        {
            Assert.Contains("standard input is closed", await said.WaitAsync(TimeSpan.FromMinutes(2)), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Dedupe_warns_of_a_line_whose_text_has_another_name()
    {
        var run = await CliRun.RunAsync("""{"id":"a","body":"Some text."}""" + "\n" + """{"id":"b","title":"A headline"}""", ["dedupe", "-"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("-:1: warning: has neither \"text\" nor \"title\", so nothing is a copy of it", run.Error.Trim());
        Assert.Equal(2, run.Lines.Count);
    }

    [Fact]
    public async Task A_name_of_any_length_takes_a_line_of_a_screen()
    {
        var run = await CliRun.RunAsync($$"""{"id":"{{new string('a', 200_000)}}"}""", ["extract", "--manifest", "-", "--pages", _folder.Path]);

        Assert.Equal(1, run.ExitCode);
        Assert.InRange(Assert.Single(run.Error.Trim().Split('\n')).Length, 80, 400);
    }

    [Fact]
    public async Task Dedupe_takes_an_unreadable_date_as_none_with_a_warning()
    {
        var run = await CliRun.RunAsync("""{"id":"a","text":"x","date":"the day before"}""", ["dedupe", "-"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("-:1: warning: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Extract_finds_the_page_of_an_id_with_dots_and_goes_on_after_a_missing_one(string end)
    {
        await File.WriteAllTextAsync(_folder["a.b.2.html"], TestWeb.ArticleHtml("A title", TestWeb.Story(1)));
        await File.WriteAllTextAsync(_folder["note.txt"], string.Join("\n\n", TestWeb.Story(2)));
        await File.WriteAllTextAsync(_folder["m.jsonl"], """
            {"id":"a.b.2","url":"https://post.example/1","text":"ignored","score":NaN}
            {"id":"missing"}
            {"id":"../../etc/passwd"}
            {"id":"note"}
            """);

        var run = await CliRun.RunAsync("extract", "--manifest", _folder["m.jsonl"], "--pages", _folder.Path + end);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.Lines.Count);
        var page = JsonElement.Parse(run.Lines[0]);
        Assert.Equal("a.b.2", page.GetProperty("id").GetString());
        Assert.Equal("https://post.example/1", page.GetProperty("url").GetString());
        Assert.Equal("A title", page.GetProperty("title").GetString());
        Assert.Equal(string.Join("\n\n", TestWeb.Story(1)), page.GetProperty("text").GetString());
        Assert.Equal(JsonValueKind.Array, page.GetProperty("removed").ValueKind);
        Assert.Equal(string.Join("\n\n", TestWeb.Story(2)), JsonElement.Parse(run.Lines[1]).GetProperty("text").GetString());
        Assert.Contains("m.jsonl:2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("m.jsonl:3: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_the_same_for_any_number_of_workers()
    {
        for (var i = 0; i < 20; i++)
            await File.WriteAllTextAsync(_folder[$"{i}.html"], TestWeb.ArticleHtml($"Title {i}", TestWeb.Story(i)));
        await File.WriteAllLinesAsync(_folder["m.jsonl"], Enumerable.Range(0, 20).Select(i => $$"""{"id":"{{i}}"}"""));

        var one = await CliRun.RunAsync("extract", "--manifest", _folder["m.jsonl"], "--pages", _folder.Path, "--workers", "1");
        var many = await CliRun.RunAsync("extract", "--manifest", _folder["m.jsonl"], "--pages", _folder.Path, "--workers", "9");

        Assert.Equal(one.Output, many.Output);
        Assert.Equal(20, many.Lines.Count);
    }

    [Fact]
    public async Task Feeds_parse_reads_paths_relative_to_the_manifest_and_takes_the_address_into_account()
    {
        Directory.CreateDirectory(_folder["files"]);
        await File.WriteAllTextAsync(
            _folder["files/a.xml"], """<rss version="2.0"><channel><title>T</title><item><title>One</title><link>/1</link></item></channel></rss>""");
        await File.WriteAllTextAsync(_folder["files/b.xml"], "no feed at all");
        await File.WriteAllTextAsync(_folder["cases.jsonl"], """
            {"id":"a","file":"files/a.xml","url":"https://post.example/feed","tier":"own"}
            {"id":"b","file":"files/b.xml"}
            {"id":"c"}
            """);

        var run = await CliRun.RunAsync("feeds", "parse", "--manifest", _folder["cases.jsonl"]);

        Assert.Equal(1, run.ExitCode);
        var a = JsonElement.Parse(run.Lines[0]);
        Assert.True(a.GetProperty("ok").GetBoolean());
        Assert.Equal("T", a.GetProperty("feed").GetProperty("title").GetString());
        Assert.Equal("https://post.example/1", a.GetProperty("entries")[0].GetProperty("link").GetString());
        var b = JsonElement.Parse(run.Lines[1]);
        Assert.False(b.GetProperty("ok").GetBoolean());
        Assert.Equal(JsonValueKind.Null, b.GetProperty("wellformed").ValueKind);
        Assert.False(string.IsNullOrEmpty(b.GetProperty("error").GetString()));
        Assert.Contains("cases.jsonl:3: ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // A pipe whose writer says nothing, and then that there is no more.
    private sealed class WaitingStream(ManualResetEventSlim release) : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            release.Wait();
            return 0;
        }

        public override int Read(Span<byte> buffer)
        {
            release.Wait();
            return 0;
        }
    }
}
