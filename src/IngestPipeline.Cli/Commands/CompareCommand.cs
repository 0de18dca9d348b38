using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Comparing;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest compare</c>: two articles side by side, with the decision about them and why.</summary>
internal static class CompareCommand
{
    private const int LeastWidth = 60;
    private const int PlainWidth = 120;

    public static Command Create(Terminal terminal)
    {
        var articles =
            SharedOptions.Files("article", "Two HTML or plain-text files, also .gz; with --store two article ids or addresses.", ArgumentArity.ZeroOrMore);
        var store = new Option<string?>("--store")
        {
            Description = "Take the articles from this store: a folder, 'azurite', a connection string, or an https address of a blob container.",
            HelpName = "store"
        };
        var pairs = new Option<string?>("--pairs")
        {
            Description = "Compare each pair of a file of lines 'id, label, text, text' parted by tabs, also .gz, and count what was decided by label.",
            HelpName = "file"
        };
        var output = new Option<string?>("--out", "-o")
        {
            Description = "Write a page (.html) that shows both articles; with --pairs JSON lines, one a pair.", HelpName = "file"
        };
        var (quiet, json) = (SharedOptions.Quiet(), SharedOptions.Json());
        var command = new Command("compare", "Shows two articles side by side with what they share, what was decided about them and why.")
        {
            articles, store, pairs, output, quiet, json
        };
        command.SetAction(async (result, cancellation) =>
        {
            var names = result.GetValue(articles) ?? [];
            if (result.GetValue(pairs) is { } file)
            {
                if (names.Length > 0 || result.GetValue(store) is not null)
                    throw new CliException("--pairs stands alone; name no articles and no --store beside it.");
                return PairsReport.Run(terminal, file, result.GetValue(output), result.GetValue(quiet), result.GetValue(json));
            }

            if (names.Length != 2)
                throw new CliException($"name two articles to compare, not {names.Length}. Try 'ingest compare --help'.");
            if (result.GetValue(store) is null)
                OutputFile.MustNotBe(result.GetValue(output), names);
            return await RunAsync(
                terminal, names, result.GetValue(store), result.GetValue(output), result.GetValue(json), result.GetValue(quiet), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string[] names, string? store, string? output, bool asJson, bool quiet, CancellationToken cancellation)
    {
        var (a, b) = store is null
            ? (ComparedArticle.FromFile(names[0], "A", terminal), ComparedArticle.FromFile(names[1], "B", terminal))
            : await ComparedArticle.FromStoreAsync(store, names[0], names[1], cancellation);
        var comparison = new ArticleComparer().Compare(a, b);
        if (asJson)
        {
            using var lines = new BatchOutput(output, terminal);
            lines.WriteLine(ComparisonJson.Write(comparison));
            lines.Complete("the comparison as JSON", quiet);
            return ExitCodes.Done;
        }

        if (output is null)
        {
            using var text = terminal.TextOutput();
            ComparisonText.Write(text, comparison, terminal.OutputIsTerminal, Width(terminal));
            return ExitCodes.Done;
        }

        using var file = new BatchOutput(output, terminal);
        file.WriteLine(ComparisonPage.Write(comparison));
        file.Complete("both articles on a page", quiet);
        return ExitCodes.Done;
    }

    private static int Width(Terminal terminal) =>
        terminal.OutputIsTerminal && Console.WindowWidth > 0 ? Math.Max(LeastWidth, Console.WindowWidth - 1) : PlainWidth;
}
