using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest feeds add|remove|list|import|export</c>: work on a feeds file, without the network.</summary>
internal static class FeedsListCommands
{
    public static IEnumerable<Command> Create(Terminal terminal) => [Add(terminal), Remove(terminal), List(terminal), Import(terminal), Export(terminal)];

    public static Option<string> FileOption() => new("--feeds", "-f")
    {
        Description = "The feeds file.",
        HelpName = "file",
        DefaultValueFactory = _ => FeedsFile.DefaultName,
    };

    /// <summary>The address that a user wrote; the scheme may be left out.</summary>
    public static Uri Address(string text)
    {
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return FeedAddress.Check(whole, out var problem) ?? throw new CliException(problem!);
    }

    private static Command Add(Terminal terminal)
    {
        var urls = SharedOptions.Files("url", "Addresses of feeds.", ArgumentArity.OneOrMore);
        var title = new Option<string?>("--title") { Description = "A name for people." };
        var section = new Option<string?>("--section") { Description = "The section of its articles." };
        var history =
            new Option<int?>("--history") { Description = "How many documents with earlier entries are read once, where the feed names them.", HelpName = "n" };
        SharedOptions.Whole(history, 0, FeedSettings.MostHistory);
        var (file, json) = (FileOption(), SharedOptions.Json());
        var command =
            new Command("add", "Adds feeds to a feeds file, which is made if there is none; for those that it has, sets what is given. Comments in it stay.")
        {
            urls, title, section, history, file, json
        };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            var (list, bytes) = FeedsFile.ReadOrNew(path, terminal);
            var feeds = result.GetRequiredValue(urls)
                .Select(u => new FeedSettings { Url = Address(u), Title = result.GetValue(title), Section = result.GetValue(section), History = result.GetValue(history) ?? 0 })
                .DistinctBy(f => f.Id)
                .ToList();
            var known = feeds.Where(f => list.Feeds.Any(k => k.Id == f.Id)).ToList();
            var added = feeds.Count - known.Count;
            var changed = 0;
            foreach (var feed in known)
            {
                var before = bytes;
                foreach (var (property, value) in Given(feed, result.GetValue(history)))
                    bytes = FeedListWriter.Set(bytes, feed.Id, property, value);
                var isChanged = !bytes.AsSpan().SequenceEqual(before);
                changed += isChanged ? 1 : 0;
                terminal.Error.WriteLine($"{feed.Url} is in {path} already; " + (isChanged ? "what is given here was changed" : "its entry stays as it is"));
            }

            if (added + changed > 0)
                FeedsFile.Write(path, FeedListWriter.Add(bytes, feeds));
            Say(
                terminal,
                result.GetValue(json),
                path,
                $"{path}: {added} added, {(changed > 0 ? $"{changed} changed, " : "")}{list.Feeds.Count + added} in all",
                ("added", added),
                ("changed", changed),
                ("feeds", list.Feeds.Count + added));
        });
        return command;
    }

    // What the command line says of a feed, as the file's properties.
    private static IEnumerable<(string Property, string Value)> Given(FeedSettings feed, int? history)
    {
        if (feed.Title is { } title)
            yield return ("title", Quoted(title));
        if (feed.Section is { } section)
            yield return ("section", Quoted(section));
        if (history is { } count)
            yield return ("history", count.ToString(CultureInfo.InvariantCulture));
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static Command Remove(Terminal terminal)
    {
        var urls = SharedOptions.Files("url", "Addresses of feeds, as 'ingest feeds list' shows them.", ArgumentArity.OneOrMore);
        var (file, json) = (FileOption(), SharedOptions.Json());
        var command = new Command("remove", "Takes feeds out of a feeds file.") { urls, file, json };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            var (list, bytes) = FeedsFile.ReadToChange(path, terminal);
            var count = list.Feeds.Count;
            foreach (var url in result.GetRequiredValue(urls))
            {
                var feed = new FeedSettings { Url = Address(url) };
                if (list.Feeds.All(f => f.Id != feed.Id))
                    throw new CliException($"{url} is not in {path}; 'ingest feeds list' shows what is");
                bytes = FeedListWriter.Remove(bytes, feed.Id);
                count--;
            }

            FeedsFile.Write(path, bytes);
            Say(
                terminal, result.GetValue(json), path, $"{path}: {list.Feeds.Count - count} removed, {count} left", ("removed", list.Feeds.Count - count),
                ("feeds", count));
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var file = FileOption();
        var json = new Option<bool>("--json") { Description = "One JSON object a feed." };
        var command = new Command("list", "Shows the feeds of a feeds file, OPML or plain list.") { file, json };
        command.SetAction(result =>
        {
            var list = FeedsFile.Read(result.GetRequiredValue(file), terminal);
            using var output = terminal.TextOutput();
            foreach (var feed in list.Feeds)
            {
                if (result.GetValue(json))
                    output.WriteLine(JsonLine.Text(line => Fields(line, feed)));
                else
                    output.WriteLine(ControlText.Clean($"{feed.Url}{(feed.Title is { } title ? "  " + title : "")}{(feed.Enabled ? "" : "  (switched off)")}"));
            }
        });
        return command;
    }

    private static Command Import(Terminal terminal)
    {
        var source = SharedOptions.File("list", "An OPML file, a plain list with one address a line, or another feeds file; - reads standard input.");
        var (file, json) = (FileOption(), SharedOptions.Json());
        var command = new Command("import", "Adds the feeds of an OPML file or a plain list to a feeds file.") { source, file, json };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            var from = result.GetRequiredValue(source);
            var (list, bytes) = FeedsFile.ReadOrNew(path, terminal);
            var read = FeedList.Read(InputFile.Read(from, terminal.Input));
            // What is no list at all has one problem, and it says what a list is.
            if (read is { List.Feeds: [], Problems: [var only] })
                throw new CliException(FeedsFile.Line(from, only));
            foreach (var problem in read.Problems)
                terminal.Error.WriteLine(FeedsFile.Line(from, problem));
            if (read.List.Feeds.Count == 0)
                throw new CliException(
                    $"{from}: no feeds in it; an OPML file names them as <outline xmlUrl=\"https://…\"/>, a plain list has one address a line");
            var added = read.List.Feeds.Count(f => list.Feeds.All(k => k.Id != f.Id));
            FeedsFile.Write(path, FeedListWriter.Add(bytes, read.List.Feeds));
            var known = read.List.Feeds.Count - added;
            Say(
                terminal, result.GetValue(json), path, $"{path}: {added} added, {known} there already, {list.Feeds.Count + added} in all",
                ("added", added), ("known", known), ("problems", read.Problems.Count), ("feeds", list.Feeds.Count + added));
            return read.Problems.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        var file = FileOption();
        var output = new Option<string?>("--out", "-o") { Description = "Write to this file instead of standard output.", HelpName = "file" };
        var json = new Option<bool>("--json") { Description = "JSON lines in place of OPML, as 'ingest feeds list --json' prints them." };
        var command = new Command("export", "Writes the feeds as OPML, for other readers.") { file, output, json };
        command.SetAction(result =>
        {
            var source = result.GetRequiredValue(file);
            OutputFile.MustNotBe(result.GetValue(output), source);
            var list = FeedsFile.Read(source, terminal);
            var bytes = result.GetValue(json) ? [.. list.Feeds.SelectMany(Line)] : OpmlWriter.Write(list);
            if (result.GetValue(output) is not (null or "-") and var path)
            {
                OutputFile.Write(path, bytes);
                terminal.SayWritten(path, string.Create(CultureInfo.InvariantCulture, $"{list.Feeds.Count} {(list.Feeds.Count == 1 ? "feed" : "feeds")}"));
            }
            else
            {
                terminal.Output.Write(bytes);
            }
        });
        return command;
    }

    private static byte[] Line(FeedSettings feed) => [.. JsonLine.Write(json => Fields(json, feed)), (byte)'\n'];

    private static void Fields(Utf8JsonWriter json, FeedSettings feed)
    {
        json.WriteString("id", feed.Id);
        json.WriteString("url", feed.Url.AbsoluteUri);
        json.WriteString("title", feed.Title);
        json.WriteString("section", feed.Section);
        json.WriteBoolean("enabled", feed.Enabled);
        json.WriteNumber("history", feed.History);
        json.Texts("include", feed.Include);
        json.Texts("exclude", feed.Exclude);
    }

    private static void Say(Terminal terminal, bool asJson, string path, FormattableString line, params (string Name, int Value)[] figures)
    {
        using var output = terminal.TextOutput();
        output.WriteLine(asJson
            ? JsonLine.Text(json =>
            {
                json.WriteString("file", path);
                foreach (var (name, value) in figures)
                    json.WriteNumber(name, value);
            })
            : ControlText.Clean(FormattableString.Invariant(line)));
    }
}
