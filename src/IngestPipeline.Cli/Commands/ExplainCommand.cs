using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Reports.Pages;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest explain</c>: one page as a page that says what became of each of its blocks.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = SharedOptions.File("file", "An HTML or plain-text file, also .gz; - reads standard input.");
        var url = new Option<string?>("--url") { Description = "The page's address, from which its metadata are read too.", HelpName = "url" };
        var charset = new Option<string?>("--charset") { Description = "The page's charset, where it is known.", HelpName = "label" };
        var rules = RulesOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object with the blocks, in place of the page." };
        var output = new Option<string?>("--out", "-o") { Description = "Write the page to this file instead of standard output.", HelpName = "file" };
        var command = new Command("explain", "Shows a page's blocks in reading order, kept and removed, each with rule, score and reason, beside its text and metadata.") { file, url, charset, rules, output, json };
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            if (path.Contains("://", StringComparison.Ordinal))
                throw new CliException($"{path}: explain reads a file; save the page first and name the file, with --url for its address.");

            Uri? address = null;
            if (result.GetValue(url) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out address))
                throw new CliException($"--url {text}: not a whole address; write one such as https://example.org/news/1");

            var body = InputFile.Read(path, terminal.Input);
            var (article, blocks) = RulesOption.Extractor(result.GetValue(rules)).Explain(new(body, address, null, result.GetValue(charset), InputFile.IsText(path, body)));
            Write(terminal, result.GetValue(output), result.GetValue(json) ? ExplainJson.Write(article, blocks) : ExplainPage.Write(path == "-" ? "standard input" : Path.GetFileName(path), article, blocks));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string? path, byte[] page)
    {
        try
        {
            if (path is null or "-")
                terminal.Output.Write(page);
            else
                File.WriteAllBytes(path, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{path}: cannot be written ({ControlText.Clean(e.Message)}); choose another --out");
        }
    }
}
