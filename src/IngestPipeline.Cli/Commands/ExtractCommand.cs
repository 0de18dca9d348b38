using System.CommandLine;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Extraction;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest extract</c>: pages in, articles as JSON lines out.</summary>
internal static class ExtractCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = SharedOptions.Files("file", "HTML or plain-text files, also .gz; - reads standard input.", ArgumentArity.ZeroOrMore);
        var manifest = new Option<string?>("--manifest") { Description = "JSON lines {id, url?, charset?}.", HelpName = "file" };
        var pages = new Option<string?>("--pages")
        {
            Description = "The folder of <id>.html, <id>.html.gz, <id>.txt or <id>.txt.gz for the manifest's ids.", HelpName = "folder"
        };
        var learn = new Option<bool>("--learn")
        {
            Description = "Read all pages twice: blocks that repeat over a site's pages are removed. The order of the pages changes nothing."
        };
        var rules = RulesOption.Create();
        var model = ModelOption.Create();
        var diff = new Option<bool>("--diff") { Description = "Print what --rules or --model would change, page by page, in place of the articles." };
        var output = SharedOptions.Out();
        var quiet = SharedOptions.Quiet();
        var workers = SharedOptions.Workers();
        var command = new Command("extract", "Takes the article out of pages and prints text, metadata and what was removed as JSON lines.")
        {
            files, manifest, pages, learn, rules, model, diff, output, workers, quiet
        };
        command.SetAction((result, cancellation) =>
        {
            var settings = new BatchSettings(terminal, result.GetValue(output), result.GetValue(workers), result.GetValue(quiet));
            if (result.GetValue(diff) && result.GetValue(rules) is null && result.GetValue(model) is null)
                throw new CliException("--diff needs --rules, the rules to try, or --model.");
            if (result.GetValue(diff) && result.GetValue(learn))
                throw new CliException("--diff and --learn do not go together; try the rules alone.");
            var run =
                new Extract(settings, RulesOption.Extractor(result.GetValue(rules), result.GetValue(model)), result.GetValue(learn), result.GetValue(diff));
            return run.RunAsync(result.GetValue(manifest), result.GetValue(pages), result.GetValue(files) ?? [], cancellation);
        });
        return command;
    }

    private sealed class Extract(BatchSettings settings, ArticleExtractor extractor, bool learns, bool compares)
    {
        private static readonly string[] Endings = [".html", ".html.gz", ".txt", ".txt.gz"];

        private readonly LearnedSites _sites = new();
        private readonly ExtractDiff _diff = new();
        private readonly ArticleExtractor _shipped = new();
        private readonly BatchErrors _errors = new(settings.Terminal.Error);

        public async Task<int> RunAsync(string? manifest, string? pages, string[] files, CancellationToken cancellation)
        {
            if ((manifest is null) == (files.Length == 0))
                throw new CliException("name files or one --manifest, and not both. Try 'ingest extract --help'.");
            if (manifest is not null && pages is null)
                throw new CliException("--manifest needs --pages, the folder that holds the pages.");
            if (pages is not null && !Directory.Exists(pages))
                throw new CliException($"{pages}: no such folder; check --pages");

            OutputFile.MustNotBe(settings.Output, [manifest, .. files]);
            if (learns && (manifest == "-" || files.Contains("-")))
                throw new CliException("--learn reads its pages twice, and standard input only comes once; name files.");
            if (learns)
                await OrderedParallel.RunAsync(Jobs(manifest, pages, files, new(TextWriter.Null)), settings.Workers, Learn, _ => { }, cancellation);

            var code = await BatchRun.RunAsync(Jobs(manifest, pages, files, _errors), compares ? Compare : Run, "pages", settings, _errors, cancellation);
            if (compares)
                _diff.Print(settings.Terminal.Error);
            return code;
        }

        private static IEnumerable<Job> Files(string[] files) => files.Select(f => new Job(f, f, null, null, f, 0));

        private IEnumerable<Job> Jobs(string? manifest, string? pages, string[] files, BatchErrors errors) =>
            manifest is null ? Files(files) : Manifest(manifest, pages!, errors);

        private IEnumerable<Job> Manifest(string manifest, string pages, BatchErrors errors)
        {
            var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pages)) + Path.DirectorySeparatorChar;
            foreach (var line in new BatchInput(manifest, errors).Read(settings.Terminal.Input))
            {
                var found = line.Id.Contains('\0', StringComparison.Ordinal)
                    ? null
                    : Endings.Select(ending => Path.GetFullPath(root + line.Id + ending))
                        .FirstOrDefault(path => path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path));
                if (found is null)
                {
                    errors.Report(manifest, line.Number, $"no page {ControlText.Short(line.Id)}.html, .html.gz, .txt or .txt.gz in {pages}");
                    continue;
                }

                yield return new(line.Id, found, line.Text("url"), line.Text("charset"), manifest, line.Number);
            }
        }

        private byte[]? Run(Job job)
        {
            if (Read(job, _errors) is not { } page)
                return null;

            var article = extractor.Extract(page);
            if (learns)
                article = _sites.Strip(job.Url, article);
            return JsonLine.Write(json => Write(json, job, article));
        }

        private byte[]? Compare(Job job) => Read(job, _errors) is { } page ? _diff.Compare(job.Id, _shipped.Extract(page), extractor.Extract(page)) : null;

        // What cannot be read is reported in the second pass.
        private bool Learn(Job job)
        {
            if (Read(job, new(TextWriter.Null)) is { } page)
                _sites.Add(job.Id, job.Url, extractor.Extract(page));
            return true;
        }

        private PageInput? Read(Job job, BatchErrors errors)
        {
            try
            {
                var body = InputFile.Read(job.Path, settings.Terminal.Input);
                return new(
                    body, Uri.TryCreate(job.Url, UriKind.Absolute, out var address) ? address : null, null, job.Charset, InputFile.IsText(job.Path, body));
            }
            catch (CliException e)
            {
                errors.Report(job.From, job.Line, e.Message);
                return null;
            }
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
            json.Texts("authors", metadata.Authors?.Value ?? []);

            // The byline as the page has it: people, else the outlet, desk or agency that it credits.
            json.Texts("author", (metadata.Authors ?? metadata.Credit)?.Value ?? []);
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
