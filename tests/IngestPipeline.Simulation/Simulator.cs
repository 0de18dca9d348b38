using System.Text;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
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
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);
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
    private readonly FaultingStore _faulting;
    private readonly SimQueue _feeds;
    private readonly SimQueue _articles;
    private readonly SimQueue _replays;
    private readonly List<(Task Work, Flow Flow, DateTimeOffset Until, int Life)> _stalled = [];
    private readonly Quiet _quiet = new();
    private readonly List<Flow> _paused = [];
    private SimProcess? _process;

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
        World = new(seed, _time, Faults, Before, Start);
        _faulting = new(_store, Faults);
        (_feeds, _articles, _replays) = (new("feeds", _time, Faults), new("articles", _time, Faults), new("replays", _time, Faults));
    }

    public Faults Faults { get; }

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
                await DisposeAsync();
                return null;
            }

            await WakeAsync(all: !Faults.IsOn);
            await MinuteAsync();
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
            await StepAsync(p => p.Poll.RunAsync(default));
            await StepAsync(p => p.Deduplicate.RunAsync(default, rollUp: n == 0));
        }

        await PumpAsync(_feeds, (p, body) => p.Read.ProcessAsync(MessageJson.Feed(body), default));
        await PumpAsync(_articles, (p, body) => p.Ingest.ProcessAsync(MessageJson.Article(body), default));
        await StepAsync(p => p.Deduplicate.RunAsync(default));
    }

    private async Task PumpAsync(SimQueue queue, Func<SimProcess, string, Task> stage)
    {
        IReadOnlyList<QueueItem> items = [];
        await StepAsync(async _ => items = await queue.ReceiveAsync(8, Visibility));
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item.Deliveries > 5)
            {
                await StepAsync(async p =>
                {
                    await p.Quarantine.TakeAsync(queue.Name, item.Body, default);
                    await queue.DeleteAsync(item);
                });
                continue;
            }

            // Two workers meet: one is held at one of its effects while the other runs, on the same message or another.
            var other = i + 1 < items.Count && Faults.Draw("other " + item.Body) < 500 ? items[++i] : item;
            if (Faults.IsOn && Faults.Draw("stall " + item.Body) < 30)
                await StallAsync(p => HandleAsync(p, item), 1 + (Faults.Draw("hold " + item.Body) % 40), TimeSpan.FromSeconds(10 + (Faults.Draw("for " + item.Body) * 1.5)));
            else if (Faults.IsOn && Faults.Draw("meet " + item.Body) < 250)
                await MeetAsync(p => HandleAsync(p, item), p => HandleAsync(p, other), 1 + (Faults.Draw("hold " + item.Body) % 24));
            else
                await StepAsync(p => HandleAsync(p, item));
            if (!ReferenceEquals(other, item))
                await StepAsync(p => HandleAsync(p, other));
        }

        async Task HandleAsync(SimProcess process, QueueItem item)
        {
            await stage(process, item.Body);
            await queue.DeleteAsync(item);
        }
    }

    private async Task MeetAsync(Func<SimProcess, Task> first, Func<SimProcess, Task> second, int holdAt)
    {
        var process = Process();
        var flow = Paused(holdAt);
        var held = flow.StartAsync(() => first(process));
        await UntilAsync(held, flow);
        await StepAsync(second);
        flow.Resume();
        await EndAsync(held);
    }

    /// <summary>A worker stands still at one of its effects, for longer than its claim and its message last or not, and goes on where it was.</summary>
    private async Task StallAsync(Func<SimProcess, Task> work, int holdAt, TimeSpan length)
    {
        var process = Process();
        var flow = Paused(holdAt);
        var stalled = flow.StartAsync(() => work(process));
        await UntilAsync(stalled, flow);
        if (stalled.IsCompleted)
            await EndAsync(stalled);
        else
            _stalled.Add((stalled, flow, _time.GetUtcNow() + length, Faults.Life));
    }

    private Flow Paused(int holdAt)
    {
        var flow = new Flow(holdAt);
        _paused.RemoveAll(f => !f.IsHeld);
        _paused.Add(flow);
        return flow;
    }

    private async Task WakeAsync(bool all)
    {
        foreach (var stalled in _stalled.Where(s => all || s.Until <= _time.GetUtcNow()).ToList())
        {
            _stalled.Remove(stalled);
            stalled.Flow.Resume();
            await EndAsync(stalled.Work, stalled.Life);
        }
    }

    private async Task StepAsync(Func<SimProcess, Task> work)
    {
        Task task;
        try
        {
            task = work(Process());
        }
        catch (DeadProcessException)
        {
            await DisposeAsync();
            return;
        }

        await EndAsync(task);
    }

    private async Task EndAsync(Task task, int? life = null)
    {
        await UntilAsync(task, null);
        try
        {
            await task;
        }
        catch (Exception e) when (Faults.IsDead || e is DeadProcessException or StorageException or HttpRequestException || (e is ObjectDisposedException && life != Faults.Life && life is not null))
        {
            // The message comes again; that is what is being tested. What a dead process has let go of may be asked for by its last worker.
        }

        if (Faults.IsDead)
            await DisposeAsync();
    }

    // Work that waits for the clock gets its time; work on other threads and effects under way are waited for.
    private async Task UntilAsync(Task task, Flow? flow)
    {
        bool Ended() => task.IsCompleted || flow is { IsHeld: true };
        var others = false;
        while (!Ended())
        {
            while (!Ended() && !(Faults.UnderWay == 0 && _quiet.IsSo))
                await Task.WhenAny(task, flow?.Held ?? task, Task.Delay(1));

            if (Ended())
                break;
            if (_time.NextTimer is { } next)
                _time.MoveTo(next);
            else if (_paused.Find(f => f.IsHeld) is { } paused)
            {
                // It waits for a lock of its process that a worker who stands still has: that one goes on first, for some effects or to its end.
                paused.Resume(Faults.Draw("again") % 8);
                others = true;
            }
            else
            {
                await Task.Delay(1);
            }
        }

        // Who went on for it comes to rest before anything else begins.
        while (others && !(Faults.UnderWay == 0 && _quiet.IsSo))
            await Task.Delay(1);
    }

    private SimProcess Process()
    {
        if (_process is not null)
            return _process;
        Faults.Restart();
        return _process = new(_faulting, new(_feeds, _articles, _replays), _wrong, World);
    }

    private async Task DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    private DateTimeOffset Next()
    {
        var now = _time.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(Faults.IsOn ? _minutes : Math.Max(_minutes, Calm));
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
    public string Describe() => new StringBuilder().Append(Faults.Deaths).Append(" deaths, ").Append(Faults.Failures).Append(" failures of services, ").Append(World.Stories.Count).Append(" pages").ToString();
}
