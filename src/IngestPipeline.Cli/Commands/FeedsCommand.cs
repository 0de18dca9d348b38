using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest feeds parse</c>: feed files in, JSON lines out.</summary>
internal static class FeedsCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = SharedOptions.Files("file", "Feed files, also .gz; - reads standard input.", ArgumentArity.ZeroOrMore);
        var manifest =
            new Option<string?>("--manifest") { Description = "JSON lines {id, file, url?, headers?}; paths are relative to the manifest.", HelpName = "file" };
        var output = SharedOptions.Out();
        var quiet = SharedOptions.Quiet();
        var workers = SharedOptions.Workers("files");
        var parse = new Command("parse", "Reads feed files and prints feed and entries as JSON lines.") { files, manifest, output, workers, quiet };
        parse.SetAction((result, cancellation) =>
        {
            var run = new FeedsParse(new(terminal, result.GetValue(output), result.GetValue(workers), result.GetValue(quiet)));
            return run.RunAsync(result.GetValue(manifest), result.GetValue(files) ?? [], cancellation);
        });
        var feeds = new Command("feeds", "Work with feeds and the list of them.") { parse };
        foreach (var command in FeedsListCommands.Create(terminal).Concat(FeedsOnlineCommands.Create(terminal)))
            feeds.Add(command);
        return feeds;
    }

    private sealed class FeedsParse(BatchSettings settings)
    {
        private readonly FeedReader _reader = new();
        private readonly BatchErrors _errors = new(settings.Terminal.Error);

        public async Task<int> RunAsync(string? manifest, string[] files, CancellationToken cancellation)
        {
            if ((manifest is null) == (files.Length == 0))
                throw new CliException("name feed files or one --manifest, and not both. Try 'ingest feeds parse --help'.");

            OutputFile.MustNotBe(settings.Output, [manifest, .. files]);
            return await BatchRun.RunAsync(manifest is null ? Files(files) : Manifest(manifest), Parse, "feeds", settings, _errors, cancellation);
        }

        private IEnumerable<Job> Manifest(string manifest)
        {
            var folder = manifest == "-" ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(manifest))!;
            foreach (var line in new BatchInput(manifest, _errors).Read(settings.Terminal.Input))
            {
                if (line.Text("file") is not { Length: > 0 } file)
                {
                    _errors.Report(manifest, line.Number, "has no \"file\"; name the feed's file, relative to the manifest");
                    continue;
                }

                yield return new(line.Id, Path.Combine(folder, file), Source(line), manifest, line.Number);
            }
        }

        private static IEnumerable<Job> Files(string[] files) => files.Select(f => new Job(f, f, new(), f, 0));

        private static FeedSource Source(BatchLine line)
        {
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            if (line.Json.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
            {
                foreach (var header in given.EnumerateObject().Where(h => h.Value.ValueKind == JsonValueKind.String))
                    headers[header.Name] = header.Value.GetString()!;
            }

            return new(
                Uri.TryCreate(line.Text("url"), UriKind.Absolute, out var url) ? url : null,
                headers.GetValueOrDefault("content-type"),
                headers.GetValueOrDefault("content-location"),
                headers.GetValueOrDefault("content-language"));
        }

        private byte[]? Parse(Job job)
        {
            byte[] body;
            try
            {
                body = InputFile.Read(job.Path, settings.Terminal.Input);
            }
            catch (CliException e)
            {
                _errors.Report(job.From, job.Line, e.Message);
                return null;
            }

            var result = _reader.Read(body, job.Source);
            if (!result.IsFeed && job.Line == 0)
                _errors.Report(job.From, 0, result.Error is null or "not a feed" ? "not a feed" : "not a feed: " + result.Error);
            return JsonLine.Write(json => Write(json, job.Id, result));
        }

        private static void Write(Utf8JsonWriter json, string id, FeedReadResult result)
        {
            json.WriteString("id", id);
            json.WriteBoolean("ok", result.IsFeed);
            if (result.WellFormed is { } wellFormed)
                json.WriteBoolean("wellformed", wellFormed);
            else
                json.WriteNull("wellformed");
            json.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(result.Format.ToString()));
            json.WriteStartObject("feed");
            json.WriteString("title", result.Feed.Title);
            json.WriteString("link", result.Feed.Link);
            json.WriteString("language", result.Feed.Language);
            json.WriteString("updated", Iso(result.Feed.Updated));
            json.WriteEndObject();
            json.WriteStartArray("entries");
            foreach (var entry in result.Entries)
                WriteEntry(json, entry);
            json.WriteEndArray();
            if (result.Repairs.Count > 0)
                json.Texts("repairs", result.Repairs);
            if (result.Error is not null)
                json.WriteString("error", result.Error);
        }

        private static void WriteEntry(Utf8JsonWriter json, FeedEntry entry)
        {
            json.WriteStartObject();
            json.WriteString("id", entry.Id);
            json.WriteString("title", entry.Title);
            json.WriteString("link", entry.Link);
            json.WriteString("published", Iso(entry.Published));
            json.WriteString("updated", Iso(entry.Updated));
            json.Texts("authors", entry.Authors);
            json.WriteString("summary", entry.Summary);
            json.WriteString("content", entry.Content);
            json.Texts("categories", entry.Categories);
            json.WriteStartArray("enclosures");
            foreach (var enclosure in entry.Enclosures)
            {
                json.WriteStartObject();
                json.WriteString("url", enclosure.Url);
                json.WriteString("type", enclosure.Type);
                json.WriteString("length", enclosure.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        private sealed record Job(string Id, string Path, FeedSource Source, string From, int Line);
    }
}
