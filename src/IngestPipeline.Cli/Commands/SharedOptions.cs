using System.CommandLine;

namespace IngestPipeline.Cli.Commands;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class SharedOptions
{
    public static Option<string?> Out() => new("--out", "-o") { Description = "Write the JSON lines to this file instead of standard output.", HelpName = "file" };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress on standard error; problems are still reported." };

    public static Option<int> Workers()
    {
        var option = new Option<int>("--workers")
        {
            Description = "How many pages to work on at once. The output is the same for any number.",
            HelpName = "n",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 256)
                result.AddError("--workers takes a number from 1 to 256.");
        });
        return option;
    }
}
