using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Charsets;
using IngestPipeline.Pipeline;
using IngestPipeline.Reports.Pages;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest explain</c>: one page as a page that says what became of each of its blocks.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var page = SharedOptions.File(
            "file|url", "An HTML or plain-text file, also .gz; - reads standard input; or an http(s) address, which is fetched as the pipeline would.");
        var url = new Option<string?>("--url") { Description = "A file's address, from which its metadata are read too.", HelpName = "url" };
        var charset = new Option<string?>("--charset") { Description = "A file's charset, where it is known.", HelpName = "label" };
        var rules = RulesOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object with the blocks, in place of the page." };
        var output = new Option<string?>("--out", "-o") { Description = "Write the page to this file instead of standard output.", HelpName = "file" };
        var (allow, contact) = (SharedOptions.AllowHosts(), SharedOptions.Contact());
        var command =
            new Command("explain", "Shows a page's blocks in reading order, kept and removed, each with rule, score and reason, beside its text and metadata.")
        {
            page, url, charset, rules, json, output, allow, contact
        };
        command.SetAction(async (result, cancellation) =>
        {
            OutputFile.MustNotBe(result.GetValue(output), result.GetValue(page));
            var (name, input) = result.GetValue(page)! is var path && path.Contains("://", StringComparison.Ordinal)
                ? await FetchAsync(
                    path, result.GetValue(url) ?? result.GetValue(charset),
                    new FetchOptions { AllowHosts = result.GetValue(allow) ?? [], Contact = result.GetValue(contact), Capture = false }, cancellation)
                : Read(terminal, path, result.GetValue(url), result.GetValue(charset));
            var (article, blocks) = RulesOption.Extractor(result.GetValue(rules)).Explain(input);
            var shown = result.GetValue(json) ? ExplainJson.Write(article, blocks) : ExplainPage.Write(name, article, blocks);
            if (result.GetValue(output) is not (null or "-") and var file)
            {
                OutputFile.Write(file, shown);
                terminal.SayWritten(
                    file,
                    string.Create(CultureInfo.InvariantCulture, $"{blocks.Count} blocks, {blocks.Count(b => b.Fate == BlockFate.Removed)} of them removed"));
            }
            else
            {
                terminal.Output.Write(shown);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static (string Name, PageInput Input) Read(Terminal terminal, string path, string? url, string? charset)
    {
        Uri? address = null;
        if (url is not null && !Uri.TryCreate(url, UriKind.Absolute, out address))
            throw new CliException($"--url {url}: not a whole address; write one such as https://example.org/news/1");

        if (charset is not null && WhatwgEncodings.Find(charset) is null)
            throw new CliException($"--charset {charset}: no charset is called that; write one such as utf-8 or windows-1252");

        var body = InputFile.Read(path, terminal.Input);
        return (path == "-" ? "standard input" : Path.GetFileName(path), new(body, address, null, charset, InputFile.IsText(path, body)));
    }

    /// <summary>Fetches through the pipeline's own steps: address guard, robots.txt, redirects, limits.</summary>
    private static async Task<(string Name, PageInput Input)> FetchAsync(string text, string? ofFile, FetchOptions options, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new CliException($"{text}: not an http(s) address; write one such as https://example.org/news/1");
        if (ofFile is not null)
            throw new CliException("--url and --charset are for files: a fetched page has the address and the charset that its server says");

        // A password in an address is not printed back.
        var shown = url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);
        await using var online = OnlineWeb.Open(options, TimeProvider.System);
        var fetched = await online.Patient.FetchAsync(new(url) { MaxBytes = PageFetcher.MaxPageBytes }, cancellation);
        if (fetched.Status != FetchStatus.Fetched)
            throw new CliException($"{shown}: not fetched: {ControlText.Clean(fetched.Reason ?? "no answer")}; \"ingest doctor {shown}\" says more");
        if (MediaKinds.Of(fetched.ContentType, fetched.Body.Span) is not { } isText)
            throw new CliException($"{shown}: no page: the server calls it {ControlText.Clean(fetched.ContentType ?? "nothing")}");
        return (shown, new(fetched.Body, fetched.FinalUrl, fetched.ContentType, IsPlainText: isText));
    }
}
