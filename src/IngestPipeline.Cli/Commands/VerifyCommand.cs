using System.CommandLine;
using System.Text;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;
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
        var json = SharedOptions.Json();
        var command = new Command("verify", "Checks that a store is whole: nothing lost, nothing damaged, one canonical record a group.") { store, repair, json };
        command.SetAction(async (result, cancellation) =>
        {
            var report = await new StoreVerifier(BlobStoreFactory.Open(result.GetRequiredValue(store)), TimeProvider.System).RunAsync(result.GetValue(repair), cancellation);
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

        output.WriteLine(FormattableString.Invariant($"Checked: {report.Articles} articles, {report.Records} records, {report.Requests} requests of a live run ({report.Pending} pending), {report.Quarantined} messages in quarantine, {report.Forgotten} tombstones."));
        var left = report.Problems.Count(p => p.State != ProblemState.Repaired);
        output.WriteLine(left == 0
            ? report.Problems.Count == 0 ? "The store is sound." : FormattableString.Invariant($"{report.Problems.Count} problems, all repaired. The store is sound.")
            : FormattableString.Invariant($"{left} problems, {report.Problems.Count(p => p.State == ProblemState.Repairable)} of which --repair would mend."));
    }

    private static void WriteJson(StreamWriter output, VerifyReport report) => output.WriteLine(Encoding.UTF8.GetString(JsonLine.Write(json =>
    {
        json.WriteBoolean("sound", report.IsSound);
        json.WriteNumber("articles", report.Articles);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("pending", report.Pending);
        json.WriteNumber("quarantined", report.Quarantined);
        json.WriteNumber("forgotten", report.Forgotten);
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
    })));
}
