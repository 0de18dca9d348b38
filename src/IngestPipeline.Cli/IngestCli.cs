using System.CommandLine;
using System.CommandLine.Invocation;
using IngestPipeline.Archive;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Commands;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli;

/// <summary>The <c>ingest</c> command: parses, runs, and turns every expected failure into one line and an exit code.</summary>
internal static class IngestCli
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        var root = new RootCommand("Reads news feeds and pages, strips boilerplate, recognises copies, writes clean records.")
        {
            ReplayCommand.Create(terminal),
            ReportCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            QuarantineCommand.Create(terminal),
            FeedsCommand.Create(terminal),
            ExtractCommand.Create(terminal),
            DedupeCommand.Create(terminal),
            DoctorCommand.Create(terminal),
        };

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            var path = CommandPath(parsed);
            // A mistyped word explains more than the "required command" that it left missing.
            var unknown = parsed.UnmatchedTokens.Count > 0 ? $"'{parsed.UnmatchedTokens[0]}' is not a command or option here." : parsed.Errors[0].Message;
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
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (CliException e)
        {
            terminal.Error.WriteLine("ingest: " + ControlText.Clean(e.Message));
            return e.ExitCode;
        }
        catch (ArchiveException e)
        {
            terminal.Error.WriteLine("ingest: " + ControlText.Clean(e.Message));
            return ExitCodes.Usage;
        }
        catch (StorageException e)
        {
            terminal.Error.WriteLine("ingest: " + ControlText.Clean(e.Message));
            return ExitCodes.Storage;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("ingest: stopped. What was finished is kept; run the same command again to go on.");
            return ExitCodes.Cancelled;
        }
        catch (IOException e)
        {
            // A closed pipe (`ingest … | head`) or a full disk: nothing a stack trace would explain.
            terminal.Error.WriteLine("ingest: " + ControlText.Clean(e.Message));
            return ExitCodes.Usage;
        }
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "ingest" : at.Command.Name);
        return string.Join(' ', names);
    }
}
