using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Upgrading;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest upgrade</c>: moves a store that an older release wrote into this one's schema.</summary>
internal static class UpgradeCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be done." };
        var json = SharedOptions.Json();
        var quiet = SharedOptions.Quiet();
        var command = new Command(
            "upgrade",
            "Moves a store of an older release into this one's schema. Readers see the old run until the new one is whole; a stopped upgrade is gone on with.")
        {
            store, dryRun, json, quiet
        };
        command.SetAction(async (result, cancellation) =>
        {
            var dry = result.GetValue(dryRun);
            var to = BlobStoreFactory.Open(result.GetRequiredValue(store));
            UpgradeResult done;
            using (var progress = new ProgressLine(terminal, "articles and records", null, result.GetValue(quiet)))
                done = await new StoreUpgrade(to, TimeProvider.System).RunAsync(dry, new DirectProgress(progress.Report), cancellation);
            if (done.Refusal is { } refusal)
                throw new CliException(refusal, ExitCodes.OtherVersion);
            using var output = terminal.TextOutput();
            if (result.GetValue(json))
                output.WriteLine(Json(done, dry));
            else
                WriteText(output, done, dry);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void WriteText(TextWriter output, UpgradeResult done, bool dry)
    {
        if (done.IsCurrent)
        {
            output.WriteLine($"The store is of this release's schema already ({done.From}). There is nothing to do.");
            return;
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{done.Articles} articles and {done.Records} records {(dry ? "would be" : "were")} written as {done.To}, under {done.Prefix}{(done.IsResumed ? ", going on from an upgrade that was stopped" : "")}."));
        if (done.Incomplete > 0)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{done.Incomplete} articles {(dry ? "would get" : "have")} the flag {UpgradeResult.Flag}: the old release did not look for standfirst and credit. A replay of the captures would."));
        output.WriteLine(dry ? "Nothing was changed." : $"Readers see it now; the old run ({done.From}) is still there.");
        if (!dry && done.To != PipelineVersion.Of(new()))
            output.WriteLine(
                $"Rules have changed, too: this release writes {PipelineVersion.Of(new())}. To take them up: ingest replay STORE --out STORE --new-run.");
    }

    private static string Json(UpgradeResult done, bool dry) => JsonLine.Text(json =>
    {
        json.WriteBoolean("dryRun", dry);
        json.WriteString("from", done.From);
        json.WriteString("to", done.To);
        json.WriteString("prefix", done.Prefix);
        json.WriteNumber("articles", done.Articles);
        json.WriteNumber("incomplete", done.Incomplete);
        json.WriteNumber("records", done.Records);
        json.WriteBoolean("resumed", done.IsResumed);
    });
}
