using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;
using IngestPipeline.Search;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest search</c>: words in, the records that hold them out, by way of an index that follows the store.</summary>
internal static class SearchCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var words = new Argument<string[]>("words")
        {
            Description = "Words that must all stand there; also '\"a phrase\"', 'begin*', 'this OR that'. After --, -word must not stand there.",
            Arity = ArgumentArity.OneOrMore
        };
        var filter = new FilterOptions();
        var limit = new Option<int>("--limit", "-n") { Description = "The most hits.", HelpName = "n", DefaultValueFactory = _ => 20 };
        SharedOptions.Whole(limit, 1, 10_000);
        var newest = new Option<bool>("--newest") { Description = "The newest first, rather than the best." };
        var index = new Option<string?>("--index") { Description = "The index's file; left out, one in the cache folder for each store.", HelpName = "file" };
        var json = new Option<bool>("--json") { Description = "Print each hit as one JSON object a line." };
        var quiet = SharedOptions.Quiet();
        var command = new Command("search", "Finds records by words in headline, text and outlet.") { store, words, limit, newest, index, json, quiet };
        filter.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var from = BlobStoreFactory.Open(result.GetRequiredValue(store));
            var file = result.GetValue(index) ?? CacheFolder.SearchIndex(from.Location);
            SearchResult found;
            using (var progress = new ProgressLine(terminal, "records indexed", null, result.GetValue(quiet)))
            {
                using var search = await SearchIndex.OpenAsync(from, file, new DirectProgress(progress.Report), cancellation);
                found = search.Find(string.Join(' ', result.GetRequiredValue(words)), filter.Read(result), result.GetValue(limit), result.GetValue(newest));
            }

            if (found.Error is { } error)
                throw new CliException(error);
            if (result.GetValue(json))
                WriteJson(terminal, found);
            else
                WriteText(terminal, found);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteJson(Terminal terminal, SearchResult found)
    {
        foreach (var hit in found.Hits)
        {
            terminal.Output.Write(JsonLine.Write(json =>
            {
                json.WriteString("id", hit.Id);
                json.WriteString("record", StoreNames.Record(hit.Day, hit.Id));
                json.WriteString("firstSeen", hit.FirstSeen);
                json.WriteString("outlet", hit.Outlet);
                json.WriteString("language", hit.Language);
                json.WriteString("title", hit.Title);
                json.WriteString("url", hit.Url);
                json.WriteString("kind", hit.Kind);
                json.WriteString("canonicalId", hit.CanonicalId);
                json.WriteString("storyId", hit.StoryId);
                json.WriteString("snippet", Marked(hit.Snippet, "", ""));
            }));
            terminal.Output.WriteByte((byte)'\n');
        }
    }

    private static void WriteText(Terminal terminal, SearchResult found)
    {
        using var text = terminal.TextOutput();
        var (bold, mark, end) = terminal.UsesColor ? ("\u001b[1m", "\u001b[33m", "\u001b[0m") : ("", "", "");
        foreach (var hit in found.Hits)
        {
            text.WriteLine(bold + ControlText.Clean(hit.Title ?? "(no headline)") + end);
            var kind = hit.Kind is "unique" or "original" ? "" : $" · {(hit.Kind is "exact" or "near" ? hit.Kind + " copy" : hit.Kind)}";
            text.WriteLine($"  {ControlText.Clean(hit.Outlet ?? "unknown outlet")} · {Minute(hit.FirstSeen)}{kind} · {hit.Id}");
            var line = hit.Snippet.ReplaceLineEndings(" ");
            text.WriteLine(
                "  "
                    + string.Join(
                        "",
                        line.Split(SearchIndex.MarkStart).Select((part, i) => i == 0 ? ControlText.Clean(part) : mark + string.Join(end, part.Split(SearchIndex.MarkEnd).Select(ControlText.Clean)))));
            text.WriteLine();
        }

        text.WriteLine(found.Total switch
        {
            0 => "Nothing found. Fewer words find more; 'begin*' finds words by their start.",
            _ when found.Total == found.Hits.Count => string.Create(CultureInfo.InvariantCulture, $"{found.Total} found."),
            _ =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Total} found; the {(found.Hits.Count == 1 ? "best is" : $"first {found.Hits.Count} are")} shown. More with --limit."),
        });
    }

    private static string Marked(string snippet, string start, string end) =>
        snippet.Replace(
            SearchIndex.MarkStart.ToString(), start, StringComparison.Ordinal).Replace(SearchIndex.MarkEnd.ToString(), end, StringComparison.Ordinal);

    // "2026-03-14T06:20:00.1234567Z" is more than people want to know.
    private static string Minute(string? time) => time is { Length: > 16 } ? $"{time[..10]} {time[11..16]} UTC" : time ?? "undated";
}
