using IngestPipeline.Archive;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Simulation;

/// <summary>What must hold at the end of every simulation.</summary>
internal static class Promises
{
    /// <summary>What does not hold; empty = everything does.</summary>
    /// <param name="simulator">The simulation that ended.</param>
    /// <param name="isReplayed">False where captures are dated by a clock that jumped, so that their order in a replay is another.</param>
    /// <param name="isReplayedTwice">True: a second replay into the same store is tried, too.</param>
    public static async Task<IReadOnlyList<string>> BrokenAsync(Simulator simulator, bool isReplayed = true, bool isReplayedTwice = false)
    {
        var broken = new List<string>();
        var report = await new StoreVerifier(simulator.Store, simulator.Time).RunAsync(repair: false, default);
        broken.AddRange(report.Problems.Select(p => $"{p.Invariant}: {p.Name}: {p.What}"));

        await simulator.Follower.FollowAsync();
        broken.AddRange((await simulator.Follower.StaleAsync()).Select(n => $"{n} was changed, and the changes log does not say so"));

        var decisions = await DecisionsAsync(simulator.Store);
        foreach (var story in simulator.World.Stories)
        {
            if (!Ids(story).Any(decisions.ContainsKey))
                broken.Add($"lost: {story.Url} ({story.Kind}) was in a feed and has no record");
        }

        foreach (var wire in simulator.World.Stories.Where(s => s.Kind is StoryKind.Plain or StoryKind.Moved && !simulator.World.IsWithdrawn(s)).GroupBy(s => s.Number))
        {
            var groups = wire.SelectMany(Ids).Select(decisions.GetValueOrDefault).OfType<CopyDecision>().Select(d => d.CanonicalId).Distinct().Count();
            if (groups > 1)
                broken.Add($"wire {wire.Key} is in {groups} groups");
        }

        await foreach (var item in simulator.Store.ListAsync("articles/"))
        {
            var article = System.Text.Json.JsonElement.Parse((await simulator.Store.ReadAsync(item.Name))!.Content.Span);
            if (RecordJson.Text(article.GetProperty("feed"), "rights") != "no text mining"
                || RecordJson.Text(article.GetProperty("section"), "value") != "Coast")
                broken.Add($"{item.Name} lacks the rights or section that the feeds file says");
        }

        // What is captured by a clock that was set back is older than what is known.
        foreach (var bulletins in simulator.World.Stories.Where(s => s.IsBulletin && isReplayed).GroupBy(s => s.Url))
        {
            var last = bulletins.MaxBy(s => s.At)!;
            if (!await HoldsAsync(simulator.Store, ArticleUrl.TryCreate(last.Url)!.Id, last.Text[0]))
                broken.Add($"lost: the last of {bulletins.Count()} stories at {last.Url} is in no revision");
        }

        // A worker that stood still over midnight asks on the day after; a wrong clock counts other days.
        if (isReplayed && simulator.World.MostPagesADay(World.CappedHost) is var most && most > Simulator.Cap + 3)
            broken.Add($"{most} pages of {World.CappedHost} were asked for on one day, and the cap is {Simulator.Cap}");
        if (isReplayed)
            broken.AddRange(await UnlikeReplayAsync(simulator.Store, decisions, isReplayedTwice));
        return broken;
    }

    // An address that was met late is the new one alone.
    private static IEnumerable<string> Ids(Story story) => new[] { story.Url, story.Readdressed }.Select(u => ArticleUrl.TryCreate(u)!.Id);

    private static async Task<bool> HoldsAsync(IBlobStore store, string id, string text) =>
        await store.ListAsync("articles/").Where(i => i.Name.Contains(id, StringComparison.Ordinal))
            .AnyAsync(
                async (item, cancellation) =>
                    System.Text.Encoding.UTF8.GetString(
                        (await store.ReadAsync(item.Name, cancellation))!.Content.Span).Contains(text, StringComparison.Ordinal));

    /// <summary>How many articles lack a block that their site had taught before.</summary>
    public static async Task<int> LearnedAsync(IBlobStore store) =>
        await store.ListAsync("articles/").CountAsync(
            async (item, cancellation) => (await store.ReadAsync(item.Name, cancellation))!.Content.Span.IndexOf("\"rule\":\"site-repeat\""u8) >= 0);

    /// <summary>A replay of what was captured must give the same articles and the same latest decisions.</summary>
    private static async Task<IReadOnlyList<string>> UnlikeReplayAsync(IBlobStore live, Dictionary<string, CopyDecision> decisions, bool isTwice)
    {
        await using var captures = await StoredArchive.CopyAsync(live, "capture/", SimProcess.Temporary, default);
        await using var archive = await WebArchive.OpenAsync([captures.Folder], new() { TemporaryFolder = SimProcess.Temporary }, default);
        var replayed = new InMemoryBlobStore();
        var options = new ReplayOptions { Workers = 1, Feeds = Simulator.Feeds, Extractor = SimProcess.Extractor, TemporaryFolder = SimProcess.Temporary };
        await Replay.RunAsync(archive, replayed, options, null, default);

        var unlike = new List<string>();
        if (isTwice)
        {
            var first = await ETagsAsync(replayed);
            await Replay.RunAsync(archive, replayed, options, null, default);
            unlike.AddRange((await ETagsAsync(replayed)).Except(first).Select(b => $"{b.Name} was changed by a second replay"));
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var store in new[] { live, replayed })
        {
            await foreach (var item in store.ListAsync("articles/"))
                names.Add(item.Name);
        }

        // What live days knew they know again.
        await foreach (var item in replayed.ListAsync("learned/"))
        {
            if (await live.ReadAsync(item.Name) is not null)
                names.Add(item.Name);
        }

        foreach (var name in names)
        {
            var (here, there) = (await live.ReadAsync(name), await replayed.ReadAsync(name));
            if (here is null || there is null)
                unlike.Add($"{name} was written {(here is null ? "by the replay" : "live")} alone");
            else if (!here.Content.Span.SequenceEqual(there.Content.Span))
                unlike.Add($"{name} has other bytes in a replay");
        }

        foreach (var (id, decision) in await DecisionsAsync(replayed))
        {
            if (!decisions.TryGetValue(id, out var known) || Line(known) != Line(decision))
                unlike.Add($"decision about {id}: live {(known is null ? "none" : Line(known))}, replay {Line(decision)}");
        }

        return unlike;
    }

    private static async Task<List<(string Name, string ETag)>> ETagsAsync(IBlobStore store) =>
        await store.ListAsync("").Select(async (item, cancellation) => (item.Name, (await store.ReadAsync(item.Name, cancellation))!.ETag)).ToListAsync();

    private static string Line(CopyDecision decision) =>
        System.Text.Encoding.UTF8.GetString(RecordJson.Object(json => DecisionJson.WriteDecision(json, decision))) + decision.StoryId;

    private static async Task<Dictionary<string, CopyDecision>> DecisionsAsync(IBlobStore store)
    {
        var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
        if (await store.ReadAsync(StoreNames.DecisionManifest) is not { } manifest)
            return latest;
        foreach (var segment in DecisionManifest.Read(manifest.Content.Span).Segments)
        {
            foreach (var decision in DecisionLines.Read((await store.ReadAsync(segment.Name))!.Content))
                latest[decision.Id] = decision.Decision;
        }

        return latest;
    }
}
