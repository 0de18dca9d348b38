using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Simulation;

/// <summary>
/// Runs the whole live pipeline over a simulated web, store and queues for some hours: the process dies and starts again, effects fail or lose their
/// replies, timers are missed or doubled, messages come twice and in any order, two workers meet. It stands still for two days after its first hour, with
/// whatever was under way then, and what its sites taught before is known from then on. Then the faults stop, and the work must end.
/// </summary>
internal sealed class Simulator
{
    private static readonly DateTimeOffset Before = new(2026, 3, 12, 23, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan FirstHour = TimeSpan.FromMinutes(50);
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 22, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Trouble = TimeSpan.FromHours(4);
    // Without faults one run of the timers is like another.
    private const int Calm = 3;
    // A cap that a wrong clock has spent for tomorrow, too, holds its feed for two days.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(72);
    private static readonly TimeSpan[] Jumps = [TimeSpan.FromDays(1), TimeSpan.FromDays(-1), TimeSpan.FromHours(3), TimeSpan.FromMinutes(-20), TimeSpan.Zero];

    private readonly SimClock _time = new(Before);
    private readonly WrongClock _wrong;
    private readonly bool _clockJumps;
    private readonly int _minutes;
    private readonly IBlobStore _store;
    private readonly SimQueue _feeds;
    private readonly SimQueue _articles;
    private readonly Scheduler _scheduler;
    private readonly Workers _workers;

    /// <param name="seed">The seed.</param>
    /// <param name="perMille">How many of a thousand effects go wrong, of each kind of fault.</param>
    /// <param name="store">The store; null = one in memory.</param>
    /// <param name="clockJumps">True: the process's clock is set wrong now and then.</param>
    /// <param name="minutes">How often the timers run: every so many minutes.</param>
    public Simulator(int seed, int perMille, IBlobStore? store = null, bool clockJumps = false, int minutes = 1)
    {
        (_wrong, _clockJumps, _minutes) = (new(_time), clockJumps, minutes);
        _store = store ?? new InMemoryBlobStore();
        Faults = new(seed, perMille);
        Follower = new(_store);
        World = new(seed, _time, Faults, Before, Start);
        (_feeds, _articles) = (new("feeds", _time, Faults), new("articles", _time, Faults));
        var (faulting, queues) = (new FaultingStore(_store, Faults), new LiveQueues(_feeds, _articles, new SimQueue("replays", _time, Faults)));
        SimProcess Begin() => new(faulting, queues, _wrong, World);
        _scheduler = new(_time, Faults, Begin);
        _workers = new(_scheduler, _time, Faults, Begin);
    }

    public Faults Faults { get; }

    /// <summary>A consumer that reads by cursor, every minute.</summary>
    public ChangesFollower Follower { get; }

    /// <summary>The feeds that are followed.</summary>
    public static FeedList Feeds { get; } =
        new([.. World.Feeds.Select(f => new FeedSettings
        {
            Url = f,
            Interval = TimeSpan.FromMinutes(5),
            Rights = "no text mining",
            Section = "Coast",
            History = 5,
            DailyRequests = f.Host == World.CappedHost ? Cap : null,
        })]);

    /// <summary>Requests that one of the feeds may cost a day.</summary>
    public const int Cap = 24;

    public World World { get; }

    public IBlobStore Store => _store;

    public TimeProvider Time => _time;

    /// <summary>Runs to the end; the text says why it did not get there, null when it did.</summary>
    public async Task<string?> RunAsync()
    {
        await _store.CreateAsync(FeedList.StoreName, FeedListWriter.Write(Feeds));
        while (_time.GetUtcNow() < Start + Longest)
        {
            Faults.IsOn = _time.GetUtcNow() < Start + Trouble;
            if (!Faults.IsOn && await IsDoneAsync())
            {
                await _scheduler.StopAsync();
                return null;
            }

            await _workers.WakeAsync(all: !Faults.IsOn);
            await MinuteAsync();
            await Follower.FollowAsync();
            var next = Next();
            _time.MoveTo(next > Before + FirstHour && next < Start ? Start : next);
        }

        return $"after {Longest.TotalHours} hours work is still left: {_feeds.Count} feed messages, {_articles.Count} article messages, {await CountAsync("pending/")} pending, {await CountAsync("inbox/")} in the inbox, to be looked at again: {string.Join(", ", await _store.ListAsync("rechecks/").Select(i => i.Name).ToListAsync())}";
    }

    private async Task MinuteAsync()
    {
        if (!Faults.IsOn)
            _wrong.Off = TimeSpan.Zero;
        else if (_clockJumps && Faults.Draw("clock") < 30)
            _wrong.Off = Jumps[Faults.Draw("jump") % Jumps.Length];
        // A timer is missed now and then, and now and then fires twice.
        var timers = Faults.IsOn ? Faults.Draw("timer") switch { < 40 => 0, < 80 => 2, _ => 1 } : 1;
        for (var n = 0; n < timers; n++)
        {
            await _workers.TimeAsync("poll", p => p.Poll.RunAsync(default));
            await _workers.TimeAsync("deduplicate", p => p.Deduplicate.RunAsync(default, rollUp: n == 0));
        }

        await _workers.PumpAsync(_feeds, (p, body) => p.Read.ProcessAsync(MessageJson.Feed(body), default));
        await _workers.PumpAsync(_articles, (p, body) => p.Ingest.ProcessAsync(MessageJson.Article(body), default));
        await _scheduler.StepAsync(p => p.Deduplicate.RunAsync(default));
    }

    private DateTimeOffset Next()
    {
        var now = _time.GetUtcNow();
        var minute = new DateTimeOffset(
            now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(Faults.IsOn ? _minutes : Math.Max(_minutes, Calm));
        var message = new[] { _feeds.Next, _articles.Next }.Min();
        return message is { } at && at < minute ? (at > now ? at : now.AddSeconds(1)) : minute;
    }

    private async Task<bool> IsDoneAsync() =>
        _time.GetUtcNow() > Start + Trouble + TimeSpan.FromHours(2) && _articles.Count == 0
        && await CountAsync("pending/") == 0 && await CountAsync("inbox/") == 0 && await CountAsync("rechecks/") == 0 && await AreReadAsync();

    // A feed whose cap for the day was counted by a wrong clock is held to the next day: that is waited for. One polled in the future counts as read.
    private async Task<bool> AreReadAsync()
    {
        var states = new FeedStates(_store);
        foreach (var feed in Feeds.Feeds)
        {
            if ((await states.ReadAsync(feed.Id, default)).State is not { LastPoll: { } polled } || polled < _time.GetUtcNow() - TimeSpan.FromHours(1))
                return false;
        }

        return true;
    }

    private async Task<int> CountAsync(string prefix) => await _store.ListAsync(prefix).CountAsync();

    /// <summary>What the web was asked and how it went, for the one who reads a failing seed.</summary>
    public string Describe() => $"{Faults.Deaths} deaths, {Faults.Failures} failures of services, {World.Stories.Count} pages";
}
