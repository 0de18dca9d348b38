using System.CommandLine;
using System.CommandLine.Invocation;
using IngestPipeline.Archive;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Commands;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Cli.Help;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli;

/// <summary>The <c>ingest</c> command: parses, runs, and turns every expected failure into one line and an exit code.</summary>
internal static class IngestCli
{
    private const string NoColor = "--no-color";

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        if (args.Contains(NoColor) || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb")
            terminal = terminal.WithoutColor();
        terminal = terminal.WithStop(cancellation);
        using var input = terminal.Input;
        var root = new RootCommand("Reads news feeds and pages, strips boilerplate, recognises copies, writes clean records.")
        {
            RunCommand.Create(terminal),
            ReplayCommand.Create(terminal),
            BackfillCommand.Create(terminal),
            ReportCommand.Create(terminal),
            SearchCommand.Create(terminal),
            ExportCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            QuarantineCommand.Create(terminal),
            RetainCommand.Create(terminal),
            ForgetCommand.Create(terminal),
            UpgradeCommand.Create(terminal),
            FeedsCommand.Create(terminal),
            ExtractCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            DedupeCommand.Create(terminal),
            CompareCommand.Create(terminal),
            DiffCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            InitCommand.Create(terminal),
            CompletionCommand.Create(terminal),
            new Option<bool>(NoColor) { Description = "No colours, also on a terminal; the variable NO_COLOR says the same.", Recursive = true },
        };
        TeachingHelp.Install(root);
        AlwaysTakeJson(root);

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            var path = TeachingHelp.PathOf(parsed);
            // A mistyped word explains more than the "required command" that it left missing.
            var unknown =
                parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is not a command or option here." : OneLine(parsed.Errors[0].Message);
            terminal.Error.WriteLine($"ingest: {ControlText.Clean(unknown)} Try '{path} --help'.");
            return ExitCodes.Usage;
        }

        try
        {
            using var output = terminal.TextOutput();
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = terminal.Error,
                // Signals are told by the token (StopSignals), to commands without an asynchronous part, too.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            return Say(terminal, failure);
        }
    }

    private static int Say(Terminal terminal, Failure failure)
    {
        terminal.Error.WriteLine("ingest: " + ControlText.Clean(failure.Message));
        return failure.ExitCode;
    }

    // The parser lists what an argument may be in lines of their own.
    private static string OneLine(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var what, .. { Length: > 0 } choices]
            ? $"{what} {string.Join(", ", choices)}."
            : message;

    // Scripts can say --json everywhere: where the output is JSON lines anyway, it changes nothing.
    private static void AlwaysTakeJson(Command command)
    {
        foreach (var child in command.Subcommands)
            AlwaysTakeJson(child);
        if (command.Name is "extract" or "dedupe" or "parse" or "show" && command.Options.All(o => o.Name != "--json"))
            command.Add(new Option<bool>("--json") { Description = "Changes nothing here: what is printed is JSON already." });
    }
}
