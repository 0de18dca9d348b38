using System.CommandLine;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary>The option <c>--rules</c>.</summary>
internal static class RulesOption
{
    public static Option<string?> Create() => new("--rules") { Description = "Rules to try: a .rules.json file, or a folder of them. A rule with the id of a shipped one takes its place.", HelpName = "path" };

    /// <summary>An extractor with the rules of the option; with the shipped ones when it is null.</summary>
    /// <exception cref="CliException">The rules cannot be used.</exception>
    public static ArticleExtractor Extractor(string? rules)
    {
        try
        {
            return rules is null ? new() : new(BlockRules.Shipped.With(RuleFiles.Read(rules)));
        }
        catch (RuleFileException e)
        {
            throw new CliException(e.Message);
        }
    }
}
