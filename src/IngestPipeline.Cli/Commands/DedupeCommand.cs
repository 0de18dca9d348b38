using System.CommandLine;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Deduplication;
using IngestPipeline.Extraction;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest dedupe</c>: articles as JSON lines in, one copy decision each out.</summary>
internal static class DedupeCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = SharedOptions.File("docs", "JSON lines {id, title?, text, source?, date?, url?}, also .gz; - reads standard input.");
        var output = SharedOptions.Out();
        var quiet = SharedOptions.Quiet();
        var command =
            new Command("dedupe", "Recognises copies, versions, rewrites and stories among articles and prints one decision a line.") { file, output, quiet };
        command.SetAction((result, cancellation) => RunAsync(terminal, result.GetRequiredValue(file), result.GetValue(output), result.GetValue(quiet), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string file, string? output, bool quiet, CancellationToken cancellation)
    {
        OutputFile.MustNotBe(output, file);
        var errors = new BatchErrors(terminal.Error);
        using var sink = new BatchOutput(output, terminal);
        using var progress = new ProgressLine(terminal, "articles read", null, quiet);
        // A read that waits for its writer, and a batch that is being decided, know of no stop: they are left behind and end with the process.
        var (documents, latest) = await Task.Run(() => Decide(terminal, file, errors, progress, cancellation), CancellationToken.None).WaitAsync(cancellation);
        foreach (var document in documents)
            sink.WriteLine(JsonLine.Write(json => Write(json, latest[document.Id])));
        sink.Complete(quiet: quiet);
        return errors.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static (List<CopyDocument> Documents, Dictionary<string, CopyDecision> Latest) Decide(
        Terminal terminal, string file, BatchErrors errors, ProgressLine progress, CancellationToken cancellation)
    {
        var documents = new List<CopyDocument>();
        foreach (var line in new BatchInput(file, errors).Read(terminal.Input))
        {
            cancellation.ThrowIfCancellationRequested();
            documents.Add(Document(line, file, errors));
            progress.Report(documents.Count);
        }

        var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
        foreach (var decision in new CopyDecider().Add(documents))
            latest[decision.Id] = decision;
        return (documents, latest);
    }

    private static CopyDocument Document(BatchLine line, string file, BatchErrors errors)
    {
        var text = line.Text("text") ?? "";
        if (text.Length == 0 && line.Text("title") is not { Length: > 0 })
            errors.Warn(file, line.Number, "has neither \"text\" nor \"title\", so nothing is a copy of it");
        return new()
        {
            Id = line.Id,
            Title = line.Text("title") ?? "",
            Text = text,
            Source = line.Text("source"),
            Url = line.Text("url"),
            FirstSeen = Date(line, file, errors),
            Language = line.Text("language"),
            HeadlineOnly = string.IsNullOrWhiteSpace(text),
        };
    }

    private static DateTimeOffset? Date(BatchLine line, string file, BatchErrors errors)
    {
        if (line.Text("date") is not { Length: > 0 } text)
            return null;
        if (LooseDate.TryParse(text, out var date))
            return date.Instant;

        errors.Warn(file, line.Number, "the date cannot be read and is taken as none");
        return null;
    }

    private static void Write(Utf8JsonWriter json, CopyDecision decision)
    {
        json.WriteString("id", decision.Id);
        json.WriteString("canonicalId", decision.CanonicalId);
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(decision.Kind.ToString()));
        json.WriteNumber("similarity", decision.Similarity / 10_000m);
        if (decision.RewriteOf is not null)
            json.WriteString("rewriteOf", decision.RewriteOf);
        if (decision.PreviousVersionId is not null)
            json.WriteString("previousVersionId", decision.PreviousVersionId);
        if (decision.IsLatestVersion)
            json.WriteBoolean("isLatestVersion", true);
        json.WriteString("storyId", decision.StoryId);
        if (decision.Evidence is { } evidence)
        {
            json.WriteStartObject("evidence");
            json.WriteString("otherId", evidence.OtherId);
            json.WriteString("measure", evidence.Measure);
            json.WriteNumber("score", evidence.Score / 10_000m);
            json.WriteNumber("threshold", evidence.Threshold / 10_000m);
            json.WriteNumber("containedIn", evidence.ContainedIn / 10_000m);
            json.WriteNumber("contains", evidence.Contains / 10_000m);
            if (evidence.Agency is not null)
                json.WriteString("agency", evidence.Agency);
            if (evidence.OtherAgency is not null)
                json.WriteString("otherAgency", evidence.OtherAgency);
            DecisionJson.WritePassages(json, evidence.Passages);
            json.WriteEndObject();
        }
    }
}
