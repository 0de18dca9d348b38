using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest report</c>: a static site that shows what a store holds and what was done to it.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var output = new Option<string?>("--out", "-o")
        {
            Description = "The folder to write the site to: a new or empty one, or that of an earlier report. Left out: into the store itself, under reports/.",
            HelpName = "folder"
        };
        var days = new Option<int>("--days") { Description = "How many of the newest days the report covers.", HelpName = "n", DefaultValueFactory = _ => 30 };
        SharedOptions.Whole(days, 1, 3660);
        var json = SharedOptions.Json();
        var quiet = SharedOptions.Quiet();
        var command = new Command(
            "report", "Writes a static site about a store: today at a glance, stories, what was stripped, every article.") { store, output, days, json, quiet };
        command.SetAction(async (result, cancellation) =>
        {
            var from = BlobStoreFactory.Open(result.GetRequiredValue(store));
            var options = new ReportOptions { Days = result.GetValue(days) };
            var count = (await RecordStore.OpenAsync(from, cancellation)).Count;
            ReportResult made;
            using (var progress = new ProgressLine(terminal, "articles", Math.Min(count, options.MaxArticles), result.GetValue(quiet)))
            {
                var told = new DirectProgress(progress.Report);
                made = result.GetValue(output) is { } folder
                    ? await ReportSite.WriteAsync(from, folder, options, told, cancellation)
                    : await ReportSite.PublishAsync(from, options, told, cancellation);
            }

            using var text = terminal.TextOutput();
            if (result.GetValue(json))
                WriteJson(text, made);
            else
                WriteText(text, made);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter text, ReportResult made)
    {
        text.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{made.Pages} pages about {made.Articles} articles; {(made.Changed == 0 ? "nothing had changed" : $"{made.Changed} files written")}."));
        if (made.LatestDay is null)
            text.WriteLine("The store holds no records yet, and the report says so.");
        else
            text.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"Latest day: {made.LatestDay}. Problems: {(made.Problems == 0 ? "none" : made.Problems)}."));
        text.WriteLine("Open " + made.Location.TrimEnd('/') + "/index.html");
    }

    private static void WriteJson(TextWriter text, ReportResult made) =>
        text.WriteLine(JsonLine.Text(json =>
        {
            json.WriteString("location", made.Location);
            json.WriteNumber("articles", made.Articles);
            json.WriteNumber("pages", made.Pages);
            json.WriteNumber("changed", made.Changed);
            json.WriteString("latestDay", made.LatestDay);
            json.WriteNumber("problems", made.Problems);
        }));
}
