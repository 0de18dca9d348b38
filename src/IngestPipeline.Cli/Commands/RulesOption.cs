using System.CommandLine;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary>The option <c>--rules</c>.</summary>
internal static class RulesOption
{
    public static Option<string?> Create() =>
        new("--rules")
        {
            Description = "Rules to try: a .rules.json file, or a folder of them. A rule with the id of a shipped one takes its place.", HelpName = "path"
        };

    /// <summary>An extractor with the rules and the model of the options; with the shipped ones where they are null.</summary>
    /// <exception cref="CliException">The rules or the model cannot be used.</exception>
    public static ArticleExtractor Extractor(string? rules, string? model = null)
    {
        try
        {
            return new(rules is null ? null : BlockRules.Shipped.With(RuleFiles.Read(rules)), ModelOption.Read(model));
        }
        catch (RuleFileException e)
        {
            throw new CliException(e.Message);
        }
    }
}
