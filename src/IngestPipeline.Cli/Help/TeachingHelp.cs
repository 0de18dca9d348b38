using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace IngestPipeline.Cli.Help;

/// <summary>Help that teaches: what the command is for, examples, then the options.</summary>
internal sealed class TeachingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => usual.ClearsParseErrors;

    /// <summary>Puts the examples before the usual help of a whole command line.</summary>
    public static void Install(RootCommand root)
    {
        // Without the aliases "/h" and "/?", which look like folders here.
        foreach (var option in root.Options.OfType<HelpOption>().ToList())
            root.Options.Remove(option);
        root.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new TeachingHelp(new HelpAction()) });
    }

    public static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as CommandResult)
            names.Insert(0, at.Command is RootCommand ? "ingest" : at.Command.Name);
        return string.Join(' ', names);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var examples = Examples.Of(PathOf(parseResult));
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            var width = Math.Min(58, examples.Max(e => e.Command.Length));
            foreach (var (command, what) in examples)
                output.WriteLine(command.Length > width ? $"  {command}\n  {new string(' ', width)}  {what}" : $"  {command.PadRight(width)}  {what}");
            output.WriteLine();
        }

        return usual.Invoke(parseResult);
    }
}
