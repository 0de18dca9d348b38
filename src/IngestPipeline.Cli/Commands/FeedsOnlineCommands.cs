using System.CommandLine;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds.Discovery;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest feeds check|discover</c>: ask the live web, politely, and say in words what was found.</summary>
internal static class FeedsOnlineCommands
{
    private const int AtOnce = 8;

    public static IEnumerable<Command> Create(Terminal terminal) => [Check(terminal), Discover(terminal)];

    private static Command Check(Terminal terminal)
    {
        var urls = SharedOptions.Files("url", "Addresses of feeds; none = all of the feeds file.", ArgumentArity.ZeroOrMore);
        var file = FeedsListCommands.FileOption();
        var (allow, contact, json) = Online();
        var command = new Command("check", "Polls each feed once and says in words what is wrong with it.") { urls, file, allow, contact, json };
        command.SetAction(async (result, cancellation) =>
        {
            var given = result.GetValue(urls) ?? [];
            IReadOnlyList<FeedSettings> feeds = given.Length > 0
                ? [.. given.Select(u => new FeedSettings { Url = FeedsListCommands.Address(u) })]
                : FeedsFile.Read(result.GetRequiredValue(file), terminal).Feeds;
            await using var online = OnlineWeb.Open(result.GetValue(allow) ?? [], result.GetValue(contact), TimeProvider.System);
            var poller = new FeedPoller(online.Web.Fetcher, online.Reader, TimeProvider.System, new());
            using var output = terminal.TextOutput();
            output.AutoFlush = true;
            var wrong = 0;
            await foreach (var (feed, poll) in PollAllAsync(feeds, online, poller, cancellation))
            {
                var remarks = FeedRemarks.Of(poll, feed.Url);
                var works = poll.Kind is PollKind.Read or PollKind.Same or PollKind.NotModified;
                wrong += works ? 0 : 1;
                if (result.GetValue(json))
                    output.WriteLine(JsonLine.Text(line => Write(line, feed, poll, works, remarks)));
                else
                    Say(output, feed, poll, works, remarks);
            }

            return wrong > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        });
        return command;
    }

    private static Command Discover(Terminal terminal)
    {
        var url = SharedOptions.File("url", "A page's or a site's address.");
        var most = new Option<int>("--most") { Description = "Stop after so many feeds.", HelpName = "n", DefaultValueFactory = _ => 10 };
        var (allow, contact, json) = Online();
        var command = new Command("discover", "Finds the feeds of a page or site.") { url, most, allow, contact, json };
        command.SetAction(async (result, cancellation) =>
        {
            var address = FeedsListCommands.Address(result.GetRequiredValue(url));
            await using var online = OnlineWeb.Open(result.GetValue(allow) ?? [], result.GetValue(contact), TimeProvider.System);
            var found = await new FeedDiscovery(online.Patient, online.Reader).FindAsync(address, Math.Clamp(result.GetValue(most), 1, 100), cancellation);
            using var output = terminal.TextOutput();
            foreach (var feed in found.Feeds)
            {
                output.WriteLine(result.GetValue(json)
                    ? JsonLine.Text(line => Write(line, feed))
                    : ControlText.Clean(
                        FormattableString.Invariant($"{feed.Url}  {feed.Title ?? "(no title)"}  {feed.Format}, {feed.Entries} entries; {feed.From}")));
            }

            if (found.Feeds.Count > 0)
                return ExitCodes.Done;
            throw new CliException(
                $"{address}: no feed was found{(found.Problem is { } problem ? "; " + problem : "; the page names none, and none is in the usual places")}",
                ExitCodes.SomeFailed);
        });
        return command;
    }

    private static (Option<string[]> Allow, Option<string?> Contact, Option<bool> Json) Online() => (
        SharedOptions.AllowHosts(),
        SharedOptions.Contact(),
        new("--json") { Description = "One JSON object a feed." });

    private static async IAsyncEnumerable<(FeedSettings Feed, PollResult Poll)> PollAllAsync(
        IReadOnlyList<FeedSettings> feeds, OnlineWeb online, FeedPoller poller,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var running = new Queue<(FeedSettings Feed, Task<PollResult> Poll)>();
        foreach (var feed in feeds)
        {
            running.Enqueue((feed, online.Patient.WaitingAsync(
                () => poller.PollAsync(feed, FeedState.Of(feed), [], cancellation),
                p => p.Kind == PollKind.Deferred ? p.NotBefore : null,
                cancellation)));
            if (running.Count < AtOnce)
                continue;
            var (first, poll) = running.Dequeue();
            yield return (first, await poll);
        }

        while (running.TryDequeue(out var next))
            yield return (next.Feed, await next.Poll);
    }

    private static void Say(StreamWriter output, FeedSettings feed, PollResult poll, bool works, IReadOnlyList<string> remarks)
    {
        var count = poll.Document is { IsFeed: true } document ? FormattableString.Invariant($"{document.Format}, {document.Entries.Count} entries") : "";
        output.WriteLine(ControlText.Clean($"{(works ? "works " : "FAILS ")} {feed.Url}  {count}"));
        foreach (var remark in remarks)
            output.WriteLine(ControlText.Clean("        " + remark));
        if (!works)
            output.WriteLine(ControlText.Clean($"        'ingest doctor {feed.Url}' says more"));
    }

    private static void Write(Utf8JsonWriter json, FeedSettings feed, PollResult poll, bool works, IReadOnlyList<string> remarks)
    {
        json.WriteString("url", feed.Url.AbsoluteUri);
        json.WriteBoolean("works", works);
        json.WriteString("outcome", RecordJson.Name(poll.Kind));
        json.WriteString("title", poll.State.Title);
        if (poll.Document is { IsFeed: true } document)
        {
            json.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(document.Format.ToString()));
            json.WriteNumber("entries", document.Entries.Count);
        }

        json.Texts("remarks", remarks);
    }

    private static void Write(Utf8JsonWriter json, FoundFeed feed)
    {
        json.WriteString("url", feed.Url.AbsoluteUri);
        json.WriteString("title", feed.Title);
        json.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(feed.Format.ToString()));
        json.WriteNumber("entries", feed.Entries);
        json.WriteString("from", feed.From);
    }
}
