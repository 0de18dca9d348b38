using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;
using IngestPipeline.Reports.Html;
using IngestPipeline.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest verify</c>: checks what must hold of a store, says what does not, and mends what can be derived again.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var repair = new Option<bool>("--repair") { Description = "Mend what can be mended. Without it, what a repair would do is only said." };
        var captures = new Option<bool>("--captures") { Description = "Read every capture, too: could all that was fetched be replayed?" };
        var json = SharedOptions.Json();
        var command = new Command(
            "verify", "Checks that a store is whole: nothing lost, nothing damaged, one canonical record a group.") { store, repair, captures, json };
        command.SetAction(async (result, cancellation) =>
        {
            var verifier =
                new StoreVerifier(BlobStoreFactory.Open(result.GetRequiredValue(store)), TimeProvider.System) { ReadsCaptures = result.GetValue(captures) };
            var report = await verifier.RunAsync(result.GetValue(repair), cancellation);
            using var output = terminal.TextOutput();
            if (result.GetValue(json))
                WriteJson(output, report);
            else
                WriteText(output, report);
            return report.IsSound ? ExitCodes.Done : ExitCodes.SomeFailed;
        });
        return command;
    }

    private static void WriteText(StreamWriter output, VerifyReport report)
    {
        foreach (var problem in report.Problems)
        {
            output.WriteLine(ControlText.Clean($"{problem.Name}: {problem.What}"));
            output.WriteLine(ControlText.Clean("    " + problem.State switch
            {
                ProblemState.Repairable => "--repair would: " + problem.Remedy,
                ProblemState.Repaired => "repaired: " + problem.Remedy,
                _ => "to do: " + problem.Remedy,
            }));
        }

        output.WriteLine(Checked(report));
        if (report.Undecided > 0)
            output.WriteLine(
                $"Not decided about: {Say.Count(report.Undecided, "article", "articles")}. They wait for the next run, or one that stopped left them; readers do not see them.");
        output.WriteLine(Verdict(report));
    }

    private static string Checked(VerifyReport report)
    {
        var parts = new List<string> { Say.Count(report.Articles, "article", "articles"), Say.Count(report.Records, "record", "records") };
        if (report.Captures > 0)
            parts.Add(Say.Count(report.Captures, "capture", "captures"));
        if (report.Requests > 0)
            parts.Add(Say.Count(report.Requests, "request", "requests") + FormattableString.Invariant($" of a live run ({report.Pending} pending)"));
        if (report.Quarantined > 0)
            parts.Add(Say.Count(report.Quarantined, "message", "messages") + " in quarantine");
        if (report.Forgotten > 0)
            parts.Add(Say.Count(report.Forgotten, "tombstone", "tombstones"));
        return $"Checked: {string.Join(", ", parts)}.";
    }

    private static string Verdict(VerifyReport report)
    {
        int Number(ProblemState state) => report.Problems.Count(p => p.State == state);
        var (repaired, repairable, byHand) = (Number(ProblemState.Repaired), Number(ProblemState.Repairable), Number(ProblemState.ByHand));
        var said = new List<string>();
        if (repaired > 0)
            said.Add(Say.Count(repaired, "problem was repaired.", "problems were repaired."));
        if (repairable > 0)
            said.Add(Say.Count(repairable, "problem that --repair would mend.", "problems that --repair would mend."));
        if (byHand > 0)
            said.Add(Say.Count(byHand, "problem that needs a person.", "problems that need a person."));
        if (report.IsSound)
            said.Add("The store is sound.");
        return string.Join(' ', said);
    }

    private static void WriteJson(StreamWriter output, VerifyReport report) => output.WriteLine(JsonLine.Text(json =>
    {
        json.WriteBoolean("sound", report.IsSound);
        json.WriteNumber("articles", report.Articles);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("pending", report.Pending);
        json.WriteNumber("quarantined", report.Quarantined);
        json.WriteNumber("forgotten", report.Forgotten);
        json.WriteNumber("undecided", report.Undecided);
        json.WriteNumber("captures", report.Captures);
        json.WriteStartArray("problems");
        foreach (var problem in report.Problems)
        {
            json.WriteStartObject();
            json.WriteString("invariant", RecordJson.Name(problem.Invariant));
            json.WriteString("name", problem.Name);
            json.WriteString("what", problem.What);
            json.WriteString("remedy", problem.Remedy);
            json.WriteString("state", RecordJson.Name(problem.State));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));
}
