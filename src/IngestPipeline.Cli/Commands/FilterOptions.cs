using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary>The options that choose records, the same for every command that reads a store.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _day = Date("--day", "Only records first seen on this UTC day.");
    private readonly Option<string?> _from = Date("--from", "Only records first seen on this UTC day or later.");
    private readonly Option<string?> _to = Date("--to", "Only records first seen on this UTC day or earlier.");
    private readonly Option<string?> _outlet = new("--outlet") { Description = "Only this outlet: its name, or its site without \"www.\".", HelpName = "name" };
    private readonly Option<string?> _language = new("--language") { Description = "Only this language: en also means en-GB.", HelpName = "tag" };
    private readonly Option<string?> _story = new("--story") { Description = "Only this story.", HelpName = "id" };
    private readonly Option<bool> _canonical = new("--canonical") { Description = "Leave out what repeats another record: copies and versions." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _day, _from, _to, _outlet, _language, _story, _canonical })
            command.Add(option);
    }

    public RecordFilter Read(ParseResult result) => new()
    {
        From = result.GetValue(_day) ?? result.GetValue(_from),
        To = result.GetValue(_day) ?? result.GetValue(_to),
        Outlet = result.GetValue(_outlet),
        Language = result.GetValue(_language),
        Story = result.GetValue(_story),
        Canonical = result.GetValue(_canonical),
    };

    private static Option<string?> Date(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "yyyy-mm-dd" };
        option.Validators.Add((OptionResult result) =>
        {
            if (result.Tokens.Count > 0
                && !DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                result.AddError($"{name} takes a day such as 2026-03-14.");
        });
        return option;
    }
}
