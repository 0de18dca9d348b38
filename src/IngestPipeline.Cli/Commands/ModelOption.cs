using System.CommandLine;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Cli.Commands;

/// <summary>The option <c>--model</c>.</summary>
internal static class ModelOption
{
    public static Option<string?> Create() =>
        new("--model") { Description = $"A block model to try: a folder with {BlockModelFiles.Trees} and {BlockModelFiles.Words}.", HelpName = "folder" };

    /// <summary>The models of the option; null when it is not given.</summary>
    /// <exception cref="CliException">A model cannot be used.</exception>
    public static BlockModels? Read(string? folder)
    {
        try
        {
            return folder is null ? null : BlockModelFiles.Read(folder);
        }
        catch (BlockModelException e)
        {
            throw new CliException(e.Message);
        }
    }
}
