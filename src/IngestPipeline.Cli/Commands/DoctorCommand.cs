using System.CommandLine;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Doctor;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest doctor</c>: fetches one feed or page and tells step by step what happened.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var url = new Argument<string>("url") { Description = "The address of a feed or a page." };
        var allow = SharedOptions.AllowHosts();
        var contact = SharedOptions.Contact();
        var pipeline = new Option<string?>("--store")
        {
            Description = "A running pipeline's store: tells also what it knows of the host. Nothing is written to it.", HelpName = "store"
        };
        var json = new Option<bool>("--json") { Description = "Print the steps as one JSON object." };
        var command = new Command(
            "doctor",
            "Fetches one feed or page and tells step by step what happened: address, robots.txt, answer, redirects, format, entries or article, validators.")
        {
            url, allow, contact, pipeline, json
        };
        command.SetAction((result, cancellation) =>
        {
            var options = new FetchOptions
            {
                AllowHosts = result.GetValue(allow) ?? [],
                Contact = result.GetValue(contact),
                // One person looks at one address, and waits for it.
                HostGap = TimeSpan.FromSeconds(1),
                MaxWait = TimeSpan.FromMinutes(3),
            };
            return RunAsync(terminal, result.GetRequiredValue(url), options, result.GetValue(pipeline), result.GetValue(json), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string text, FetchOptions options, string? pipeline, bool json, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var url))
            throw new CliException($"'{text}' is not an address; write one such as https://example.org/feed.xml");

        var known = pipeline is null ? null : BlobStoreFactory.Open(pipeline);
        await using var online = OnlineWeb.Open(options, TimeProvider.System);
        var diagnosis = await new UrlDoctor(online.Web, online.Store, known, TimeProvider.System).ExamineAsync(url, cancellation);
        Write(terminal, diagnosis, json);
        return diagnosis.Works ? ExitCodes.Done : ExitCodes.SomeFailed;
    }

    // A password in an address is not printed back.
    private static string Shown(Uri url) => url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);

    private static void Write(Terminal terminal, Diagnosis diagnosis, bool json)
    {
        if (json)
        {
            var line = JsonLine.Write(writer =>
            {
                writer.WriteString("url", Shown(diagnosis.Url));
                writer.WriteBoolean("works", diagnosis.Works);
                writer.WriteString("verdict", diagnosis.Verdict);
                writer.WriteStartArray("steps");
                foreach (var step in diagnosis.Steps)
                {
                    writer.WriteStartObject();
                    writer.WriteString("step", step.Name);
                    writer.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(step.Outcome.ToString()));
                    writer.WriteString("text", step.Text);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            terminal.Output.Write([.. line, (byte)'\n']);
            return;
        }

        using var output = terminal.TextOutput();
        output.WriteLine(ControlText.Clean(Shown(diagnosis.Url)));
        foreach (var step in diagnosis.Steps)
        {
            var mark = step.Outcome switch { StepOutcome.Ok => "ok", StepOutcome.Warning => "warning", _ => "failed" };
            output.WriteLine($"  {step.Name,-11} {mark,-8} {ControlText.Clean(step.Text)}");
        }

        output.WriteLine(ControlText.Clean(diagnosis.Verdict));
    }
}
