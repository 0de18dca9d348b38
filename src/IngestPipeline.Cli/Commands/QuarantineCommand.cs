using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest quarantine list|show|retry</c>: what was set aside, why, and how it is tried again.</summary>
internal static class QuarantineCommand
{
    public static Command Create(Terminal terminal) =>
        new("quarantine", "Messages that failed for good: list them, look at one, put it back.") { List(terminal), Show(terminal), Retry(terminal) };

    private static Command List(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var json = SharedOptions.Json();
        var command = new Command("list", "Lists what was set aside, with the reason.") { store, json };
        command.SetAction(async (result, cancellation) =>
        {
            await using var services = Open(result.GetRequiredValue(store));
            using var output = terminal.TextOutput();
            var count = 0;
            await foreach (var message in services.GetRequiredService<Quarantine>().ListAsync(cancellation))
            {
                count++;
                output.WriteLine(result.GetValue(json)
                    ? Json(message)
                    : ControlText.Clean(FormattableString.Invariant($"{message.Name}  {message.At:yyyy-MM-dd HH:mm}Z  {message.Reason}")));
            }

            if (count == 0 && !result.GetValue(json))
                output.WriteLine("Nothing is in quarantine.");
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var (store, name) = (SharedOptions.Store(), Name());
        var command = new Command("show", "Shows one message as JSON.") { store, name };
        command.SetAction(async (result, cancellation) =>
        {
            await using var services = Open(result.GetRequiredValue(store));
            var message = await services.GetRequiredService<Quarantine>().ShowAsync(result.GetRequiredValue(name), cancellation)
                ?? throw None(result.GetRequiredValue(name));
            using var output = terminal.TextOutput();
            output.WriteLine(Json(message));
        });
        return command;
    }

    private static Command Retry(Terminal terminal)
    {
        var (store, name) = (SharedOptions.Store(), Name());
        name.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "Put back everything." };
        var json = SharedOptions.Json();
        var command = new Command("retry", "Puts a message back into its queue; the running pipeline takes it up.") { store, name, all, json };
        command.SetAction(async (result, cancellation) =>
        {
            var given = result.GetValue(name);
            if ((given is null) == !result.GetValue(all))
                throw new CliException("name one message, as 'ingest quarantine list' shows it, or give --all");
            await using var services = Open(result.GetRequiredValue(store));
            var quarantine = services.GetRequiredService<Quarantine>();
            var names = given is null ? await NamesAsync(quarantine, cancellation) : [given];
            using var output = terminal.TextOutput();
            var failed = 0;
            foreach (var one in names)
            {
                var back = await quarantine.RetryAsync(one, cancellation);
                failed += back ? 0 : 1;
                output.WriteLine(
                    result.GetValue(json)
                        ? Retried(one, back)
                        : ControlText.Clean(back ? $"{one}: put back" : $"{one}: not put back; it is not there, or its queue is none of this store's"));
            }

            return failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command;
    }

    private static async Task<List<string>> NamesAsync(Quarantine quarantine, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var message in quarantine.ListAsync(cancellation))
            names.Add(message.Name);
        return names;
    }

    private static Argument<string> Name() => SharedOptions.File("message", "Its name, as 'ingest quarantine list' shows it.");

    private static ServiceProvider Open(string store)
    {
        var (options, problems) = IngestOptions.Read(Environment.GetEnvironmentVariable, store);
        if (problems.Count > 0)
            throw new CliException(problems[0]);
        // Only a store that is there has a quarantine: none is made by looking.
        _ = BlobStoreFactory.Open(store);
        return new ServiceCollection().AddIngestPipeline(options).BuildServiceProvider();
    }

    private static CliException None(string name) => new($"{name}: nothing of that name is in quarantine; 'ingest quarantine list' shows what is");

    private static string Retried(string name, bool back) => JsonLine.Text(json =>
    {
        json.WriteString("name", name);
        json.WriteBoolean("putBack", back);
    });

    private static string Json(QuarantinedMessage message) => JsonLine.Text(json =>
    {
        json.WriteString("name", message.Name);
        json.WriteString("queue", message.Queue);
        json.WriteString("reason", message.Reason);
        json.WriteString("at", RecordJson.Time(message.At));
        json.WriteString("body", message.Body);
    });
}
