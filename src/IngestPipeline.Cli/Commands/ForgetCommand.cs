using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest forget</c>: takes an article, or an outlet's, out of everything that a store holds.</summary>
internal static class ForgetCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var article = SharedOptions.File("article", "Its address, as asked for or where redirects led, or its id.");
        article.Arity = ArgumentArity.ZeroOrOne;
        var outlet = new Option<string?>("--outlet")
        {
            Description = "All articles of an outlet, by its name or its site (the host without \"www.\").", HelpName = "name"
        };
        var yes = new Option<bool>("--yes")
        {
            Description = "Do it. Without it, what would be done is only said. With neither article nor outlet: go on with one that was interrupted."
        };
        var lift = new Option<bool>("--lift")
        {
            Description = "Let an address that was forgotten by mistake be taken in again. What was taken out does not come back by it."
        };
        var json = SharedOptions.Json();
        var command = new Command("forget", "Takes an article out of captures, articles, decisions, records and reports, and never takes it in again.")
        {
            store, article, outlet, yes, lift, json
        };
        command.SetAction(async (result, cancellation) =>
        {
            var isDone = result.GetValue(yes);
            var target = Target(result.GetValue(article), result.GetValue(outlet), isDone);
            if (result.GetValue(lift) && target?.IsArticle != true)
                throw new CliException("--lift takes one address, or an article's id");
            var from = BlobStoreFactory.Open(result.GetRequiredValue(store));
            var forgetting = new StoreForgetting(from, TimeProvider.System);
            if (result.GetValue(lift))
                return await LiftAsync(terminal, forgetting, target!, isDone, result.GetValue(json), cancellation);
            var done = isDone ? await forgetting.RunAsync(target, cancellation) : await forgetting.PlanAsync(target!, cancellation);
            if (isDone)
                DeleteSearchIndex(from.Location);
            using var output = terminal.TextOutput();
            if (result.GetValue(json))
                output.WriteLine(Json(done, isDone));
            else
                WriteText(output, done, isDone);
            return done.Left.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<int> LiftAsync(
        Terminal terminal, StoreForgetting forgetting, ForgetTarget target, bool isDone, bool isJson, CancellationToken cancellation)
    {
        var receipt = await forgetting.LiftAsync(target, !isDone, cancellation);
        using var output = terminal.TextOutput();
        if (isJson)
        {
            output.WriteLine(JsonLine.Text(json =>
            {
                json.WriteBoolean("done", isDone && receipt is not null);
                json.WriteBoolean("forgotten", receipt is not null);
                json.WriteString("receipt", receipt is { Length: > 0 } ? receipt : null);
            }));
        }
        else
        {
            output.WriteLine(receipt is null
                ? "Nothing of this address was forgotten here."
                : isDone
                    ? $"It may be taken in again: when a feed names it anew, or an archive that holds it is replayed. The receipt is {receipt}."
                    : "It was forgotten; nothing was changed, --yes lets it be taken in again.");
        }

        return receipt is null ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static ForgetTarget? Target(string? article, string? outlet, bool isDone)
    {
        if (article is not null && outlet is not null)
            throw new CliException("name an article or --outlet, not both");
        if (outlet is { Length: > 0 })
            return ForgetTarget.OfOutlet(outlet);
        if (article is not null)
            return ForgetTarget.OfArticle(article) ?? throw new CliException($"{article}: neither an address of a page nor an article's id of 32 digits");
        return isDone ? null : throw new CliException("name an article's address, or --outlet");
    }

    // The cache of this machine; it is made again by the next search.
    private static void DeleteSearchIndex(string location)
    {
        var file = CacheFolder.SearchIndex(location);
        foreach (var part in new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists))
            File.Delete(part);
    }

    private static void WriteText(TextWriter output, ForgetResult done, bool isDone)
    {
        if (done.IsResumed)
            output.WriteLine("Went on with what was begun before.");
        if (done.Articles.Count == 0)
        {
            output.WriteLine("Nothing of it is in this store.");
            return;
        }

        if (done.Texts + done.Captures + done.Entries + done.Quarantined + done.Requests + done.Regrouped + done.Left.Count == 0)
            output.WriteLine(
                "Nothing of it is in this store. "
                    + (isDone ? "It is not taken in from now on; if the address was wrong, --lift takes that back." : "If the address is right, --yes keeps it from being taken in."));
        else
            WriteCounts(output, done, isDone);
        if (isDone)
            output.WriteLine(
                $"The receipt is {done.Receipt}. Copies elsewhere (exports, backups, deleted blobs that can be restored) are yours to look after.");
        else
            output.WriteLine("Nothing was changed; --yes does it. Stop the pipeline first.");
    }

    private static void WriteCounts(TextWriter output, ForgetResult done, bool isDone)
    {
        void Line(int count, string one, string many) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8} {(count == 1 ? one : many)}"));
        output.WriteLine(isDone ? "Taken out, and never taken in again:" : "Would be taken out, and never taken in again:");
        Line(done.Articles.Count, "article", "articles");
        Line(done.Texts, "text of it, all revisions and runs counted", "texts of them, all revisions and runs counted");
        Line(done.Captures, "captured file, rewritten or deleted", "captured files, rewritten or deleted");
        Line(done.Entries, "entry in a captured feed", "entries in captured feeds");
        Line(done.Quarantined, "message in quarantine", "messages in quarantine");
        if (isDone)
            Line(done.Requests, "pending request, ended as forgotten", "pending requests, ended as forgotten");
        Line(done.Regrouped, "other article, grouped anew", "other articles, grouped anew");
        foreach (var left in done.Left)
            output.WriteLine(ControlText.Clean($"  {left}: too large to be rewritten; look at it yourself"));
    }

    private static string Json(ForgetResult done, bool isDone) => JsonLine.Text(json =>
    {
        json.WriteBoolean("done", isDone);
        json.Texts("articles", done.Articles);
        json.WriteNumber("texts", done.Texts);
        json.WriteNumber("captures", done.Captures);
        json.WriteNumber("entries", done.Entries);
        json.WriteNumber("quarantined", done.Quarantined);
        json.WriteNumber("requests", done.Requests);
        json.WriteNumber("regrouped", done.Regrouped);
        json.Texts("left", done.Left);
        json.WriteBoolean("resumed", done.IsResumed);
        json.WriteString("receipt", done.Receipt);
    });
}
