using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using IngestPipeline.Hosting;

namespace IngestPipeline.Cli.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class SharedOptions
{
    public static Option<string?> Out() =>
        new("--out", "-o") { Description = "Write the JSON lines to this file instead of standard output.", HelpName = "file" };

    /// <summary>File names; a word that looks like an option and is none is refused, and not taken for a file.</summary>
    public static Argument<string[]> Files(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = arity };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>One file name, likewise.</summary>
    public static Argument<string> File(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>The store that a command works on.</summary>
    public static Argument<string> Store() => File("store", "The store: a folder, 'azurite', a connection string, or an https address of a blob container.");

    public static Option<bool> Json() => new("--json") { Description = "Print what came of it as JSON, for programs." };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress on standard error; problems are still reported." };

    public static Option<int> Workers(string what = "pages")
    {
        var option = new Option<int>("--workers")
        {
            Description = $"How many {what} to work on at once. The output is the same for any number.",
            HelpName = "n",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        Whole(option, 1, 256);
        return option;
    }

    public static Option<string?> Contact() =>
        new("--contact")
        {
            Description =
                $"How a site's owner reaches you, a mail address or a page: part of the User-Agent. Else the variable {SettingNames.UserAgentContact}.",
            HelpName = "address"
        };

    public static Option<string[]> AllowHosts() => new("--allow-host")
    {
        Description =
            "A host that may be asked although it is not public: host, host:port or a range such as 10.1.0.0/16. May be repeated; beside those of the variable "
            + SettingNames.AllowHosts + ".",
        HelpName = "host",
    };

    /// <summary>Refuses what is no whole number within bounds.</summary>
    /// <param name="option">An option for a number.</param>
    /// <param name="least">The least number, 0 or more.</param>
    /// <param name="most">The greatest.</param>
    /// <param name="says">What to say; null = which numbers it takes.</param>
    public static void Whole(Option option, int least, int most, string? says = null) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0
            && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most))
            result.AddError(says ?? string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes a number from {least} to {most}."));
    });

    private static void RefuseOptions(ArgumentResult result)
    {
        if (result.Tokens.FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && !System.IO.File.Exists(t.Value)) is { } option)
            result.AddError($"'{option.Value}' is not an option here.");
    }
}
