using System.CommandLine;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Extraction;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest extract</c>: pages in, articles as JSON lines out.</summary>
internal static class ExtractCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = SharedOptions.Files("file", "HTML or plain-text files, also .gz; - reads standard input.", ArgumentArity.ZeroOrMore);
        var manifest = new Option<string?>("--manifest") { Description = "JSON lines {id, url?, charset?}.", HelpName = "file" };
        var pages = new Option<string?>("--pages") { Description = "The folder of <id>.html, <id>.html.gz, <id>.txt or <id>.txt.gz for the manifest's ids.", HelpName = "folder" };
        var output = SharedOptions.Out();
        var quiet = SharedOptions.Quiet();
        var workers = SharedOptions.Workers();
        var command = new Command("extract", "Takes the article out of pages and prints text, metadata and what was removed as JSON lines.") { files, manifest, pages, output, workers, quiet };
        command.SetAction((result, cancellation) =>
        {
            var run = new Extract(new(terminal, result.GetValue(output), result.GetValue(workers), result.GetValue(quiet)));
            return run.RunAsync(result.GetValue(manifest), result.GetValue(pages), result.GetValue(files) ?? [], cancellation);
        });
        return command;
    }

    private sealed class Extract(BatchSettings settings)
    {
        private static readonly string[] Endings = [".html", ".html.gz", ".txt", ".txt.gz"];

        private readonly ArticleExtractor _extractor = new();
        private readonly BatchErrors _errors = new(settings.Terminal.Error);

        public async Task<int> RunAsync(string? manifest, string? pages, string[] files, CancellationToken cancellation)
        {
            if ((manifest is null) == (files.Length == 0))
                throw new CliException("name files or one --manifest, and not both. Try 'ingest extract --help'.");
            if (manifest is not null && pages is null)
                throw new CliException("--manifest needs --pages, the folder that holds the pages.");
            if (pages is not null && !Directory.Exists(pages))
                throw new CliException($"{pages}: no such folder; check --pages");

            return await BatchRun.RunAsync(manifest is null ? Files(files) : Manifest(manifest, pages!), Run, "pages", settings, _errors, cancellation);
        }

        private static IEnumerable<Job> Files(string[] files) => files.Select(f => new Job(f, f, null, null, f, 0));

        private IEnumerable<Job> Manifest(string manifest, string pages)
        {
            var root = Path.GetFullPath(pages) + Path.DirectorySeparatorChar;
            foreach (var line in new BatchInput(manifest, _errors).Read(settings.Terminal.Input))
            {
                var found = line.Id.Contains('\0', StringComparison.Ordinal)
                    ? null
                    : Endings.Select(ending => Path.GetFullPath(root + line.Id + ending))
                        .FirstOrDefault(path => path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path));
                if (found is null)
                {
                    _errors.Report(manifest, line.Number, $"no page {line.Id}.html, .html.gz, .txt or .txt.gz in {pages}");
                    continue;
                }

                yield return new(line.Id, found, line.Text("url"), line.Text("charset"), manifest, line.Number);
            }
        }

        private byte[]? Run(Job job)
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

            var url = Uri.TryCreate(job.Url, UriKind.Absolute, out var address) ? address : null;
            var article = _extractor.Extract(new(body, url, null, job.Charset, InputFile.IsText(job.Path, body)));
            return JsonLine.Write(json => Write(json, job, article));
        }

        private static void Write(Utf8JsonWriter json, Job job, ExtractedArticle article)
        {
            var metadata = article.Metadata;
            json.WriteString("id", job.Id);
            json.WriteString("url", job.Url);
            json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(article.Outcome.ToString()));
            if (article.Reason is not null)
                json.WriteString("reason", article.Reason);
            json.WriteString("title", metadata.Title?.Value);
            json.WriteString("standfirst", metadata.Standfirst?.Value);
            json.Names("authors", metadata.Authors?.Value ?? []);

            // The byline as the page has it: people, else the outlet, desk or agency that it credits.
            json.Names("author", (metadata.Authors ?? metadata.Credit)?.Value ?? []);
            json.WriteString("date", metadata.Published?.Value.ToString());
            json.WriteString("modified", metadata.Modified?.Value.ToString());
            json.WriteString("language", metadata.Language?.Value);
            json.WriteString("outlet", metadata.Outlet?.Value);
            json.WriteString("section", metadata.Section?.Value);
            json.WriteString("agency", metadata.Agency?.Value);
            json.WriteString("canonicalUrl", metadata.CanonicalUrl?.Value);
            json.WriteString("text", article.Text);
            json.WriteStartArray("removed");
            foreach (var removed in article.Removed)
            {
                json.WriteStartObject();
                json.WriteString("text", removed.Text);
                json.WriteString("rule", removed.Rule);
                json.WriteString("reason", removed.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private sealed record Job(string Id, string Path, string? Url, string? Charset, string From, int Line);
    }
}
