using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Hosts;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Fetching.Hosts;

public sealed class HostGateTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);
    private readonly TestClock _time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly InMemoryBlobStore _store = new();

    [Fact]
    public async Task Lets_one_through_and_tells_the_others_different_times()
    {
        var gate = Gate();
        var first = await ClaimAsync(gate);
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ClaimAsync(Gate())));

        Assert.NotNull(first.Holder);
        Assert.All(others, o => Assert.Null(o.Holder));
        Assert.All(others, o => Assert.Equal("another request to the host is under way", o.Waiting));
        Assert.Equal(others.Length, others.Select(o => o.Start).Distinct().Count());
        Assert.All(others, o => Assert.True(o.Start >= first.Start + Gap));
    }

    [Fact]
    public async Task The_gap_begins_when_the_answer_is_complete()
    {
        var gate = Gate();
        var slot = await ClaimAsync(gate);
        _time.Advance(TimeSpan.FromSeconds(8));
        await gate.ReleaseAsync(slot, new(false), default);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null((await gate.ClaimAsync("post.example", Gap, TimeSpan.Zero, default)).Holder);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await gate.ClaimAsync("post.example", Gap, TimeSpan.Zero, default)).Holder);
    }

    [Fact]
    public async Task A_slot_that_is_near_is_claimed_ahead()
    {
        var gate = Gate();
        await gate.ReleaseAsync(await ClaimAsync(gate), new(false), default);
        _time.Advance(TimeSpan.FromSeconds(4));
        var slot = await gate.ClaimAsync("post.example", Gap, TimeSpan.FromSeconds(2), default);
        Assert.NotNull(slot.Holder);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), slot.Start);
    }

    [Fact]
    public async Task A_claim_whose_worker_is_lost_runs_out()
    {
        var gate = Gate();
        var lost = await ClaimAsync(gate);
        _time.Advance(TimeSpan.FromSeconds(22));
        Assert.Null((await ClaimAsync(gate)).Holder);
        _time.Advance(TimeSpan.FromSeconds(3));
        var next = await ClaimAsync(gate);
        Assert.NotNull(next.Holder);

        // The lost one comes back late: the claim that stands is not its own.
        await gate.ReleaseAsync(lost, new(false), default);
        Assert.Null((await ClaimAsync(gate)).Holder);
    }

    [Fact]
    public async Task Who_waits_for_another_s_request_comes_after_its_gap_and_heeds_what_its_answer_asks_for()
    {
        var gate = Gate();
        var first = await ClaimAsync(gate);
        var waiting = Gate().WaitAsync("post.example", Gap, TimeSpan.FromMinutes(10), default);
        await _time.HasTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(3));
        await gate.ReleaseAsync(first, new(true, TimeSpan.FromMinutes(2)), default);
        var free = _time.GetUtcNow() + TimeSpan.FromMinutes(2);
        _time.Advance(TimeSpan.FromSeconds(2));
        var second = await waiting;

        Assert.NotNull(second.Holder);
        Assert.Equal(free, second.Start);
    }

    [Fact]
    public async Task Who_waits_behind_a_lost_worker_comes_when_its_claim_has_run_out()
    {
        await ClaimAsync(Gate());
        var start = _time.GetUtcNow();
        var waiting = Gate().WaitAsync("post.example", Gap, TimeSpan.FromMinutes(1), default);
        while (!waiting.IsCompleted)
        {
            await Task.WhenAny(waiting, _time.HasTimersAsync(1));
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.InRange((await waiting).Start - start, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(26));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(7)]
    [InlineData(86_400)]
    public async Task Retry_after_closes_the_host_for_all(int seconds)
    {
        var gate = Gate();
        await gate.ReleaseAsync(await ClaimAsync(gate), new(true, TimeSpan.FromSeconds(seconds)), default);
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        var early = await Gate().ClaimAsync("post.example", Gap, TimeSpan.Zero, default);
        Assert.Null(early.Holder);
        Assert.Equal("the host asked to wait (Retry-After)", early.Waiting);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await ClaimAsync(Gate())).Holder);
    }

    [Fact]
    public async Task Five_failures_in_a_row_open_the_circuit_and_one_success_closes_it()
    {
        var gate = Gate();
        for (var i = 0; i < 5; i++)
        {
            var slot = await ClaimAsync(gate);
            Assert.NotNull(slot.Holder);
            await gate.ReleaseAsync(slot, new(true), default);
            _time.Advance(Gap);
        }

        var closed = await ClaimAsync(gate);
        Assert.Null(closed.Holder);
        Assert.Equal("the host failed 5 times in a row", closed.Waiting);
        _time.Advance(TimeSpan.FromMinutes(1));

        // One is let through; it fails, and the host is left alone for longer.
        await gate.ReleaseAsync(await ClaimAsync(gate), new(true), default);
        _time.Advance(TimeSpan.FromSeconds(90));
        Assert.Null((await ClaimAsync(gate)).Holder);
        _time.Advance(TimeSpan.FromSeconds(30));
        await gate.ReleaseAsync(await ClaimAsync(gate), new(false), default);
        _time.Advance(Gap);
        Assert.NotNull((await ClaimAsync(gate)).Holder);
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_each_other()
    {
        var gate = Gate();
        Assert.NotNull((await gate.ClaimAsync("a.example", Gap, Gap, default)).Holder);
        Assert.NotNull((await gate.ClaimAsync("b.example", Gap, Gap, default)).Holder);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(24)]
    [InlineData(24 * 365)]
    public async Task A_state_that_was_written_by_a_clock_far_ahead_closes_no_host(int hours)
    {
        var ahead = new TestClock(_time.GetUtcNow().AddHours(hours));
        var other = new HostGate(_store, new(), ahead);
        await other.ReleaseAsync(await ClaimAsync(other), new(false), default);
        Assert.NotNull((await ClaimAsync(Gate())).Holder);
    }

    [Fact]
    public async Task What_a_host_asked_for_holds_for_a_day()
    {
        await Gate().ReleaseAsync(await ClaimAsync(Gate()), new(false) { RetryAfter = TimeSpan.FromHours(24) }, default);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await ClaimAsync(Gate())).Holder);
    }

    [Theory]
    [InlineData("https://Post.Example/a", "post.example")]
    [InlineData("http://post.example.:80/a", "post.example")]
    [InlineData("https://post.example:8443/", "post.example:8443")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    public void A_host_is_the_same_in_every_spelling(string url, string host) => Assert.Equal(host, HostGate.HostOf(new(url)));

    [Fact]
    public async Task A_backlog_drains_at_the_host_s_pace_and_few_come_in_vain()
    {
        const int articles = 60;
        var busy = TimeSpan.FromMilliseconds(400);
        var gate = Gate();
        var start = _time.GetUtcNow();
        // What is to happen when: an article comes, or a request ends.
        var agenda = new PriorityQueue<HostSlot?, (DateTimeOffset At, int Order)>();
        for (var i = 0; i < articles; i++)
            agenda.Enqueue(null, (start, i));
        var (done, claims, order) = (0, 0, articles);
        while (agenda.TryDequeue(out var running, out var when))
        {
            if (when.At > _time.GetUtcNow())
                _time.Advance(when.At - _time.GetUtcNow());
            if (running is not null)
            {
                await gate.ReleaseAsync(running, new(false), default);
                done++;
                continue;
            }

            claims++;
            var slot = await ClaimAsync(gate);
            agenda.Enqueue(slot.Holder is null ? null : slot, (slot.Holder is null ? slot.Start : slot.Start + busy, order++));
        }

        Assert.Equal(articles, done);
        var ideal = articles * (Gap + busy);
        Assert.InRange(_time.GetUtcNow() - start, ideal - Gap, ideal * 1.2);
        Assert.InRange(claims, articles, articles * 4);
    }

    [Fact]
    public void Many_workers_never_get_two_slots_within_the_gap() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed => Smallest(seed).GetAwaiter().GetResult() >= Gap).Hold(30);

    // Workers on several instances claim, work for a while and give back, in an order that the seed says; the clock moves between.
    private static async Task<TimeSpan> Smallest(int seed)
    {
        var random = new Random(seed);
        var time = new TestClock(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        var store = new InMemoryBlobStore();
        var gates = Enumerable.Range(0, 4).Select(_ => new HostGate(store, new(), time)).ToArray();
        var requests = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        (HostSlot Slot, DateTimeOffset End)? running = null;
        for (var step = 0; step < 60; step++)
        {
            var claims = await Task.WhenAll(Enumerable.Range(0, random.Next(1, 9)).Select(i =>
                Task.Run(() => gates[i % 4].ClaimAsync("post.example", Gap, TimeSpan.FromSeconds(2), default))));
            foreach (var slot in claims.Where(c => c.Holder is not null))
            {
                Assert.Null(running);
                running = (slot, slot.Start + TimeSpan.FromMilliseconds(random.Next(19_000)));
            }

            time.Advance(TimeSpan.FromMilliseconds(random.Next(4_000)));
            if (running is { } done && time.GetUtcNow() >= done.End)
            {
                requests.Add((done.Slot.Start, time.GetUtcNow()));
                await gates[random.Next(4)].ReleaseAsync(done.Slot, new(random.Next(5) == 0), default);
                running = null;
            }
        }

        return requests.Count < 2 ? Gap : requests.Zip(requests.Skip(1)).Min(p => p.Second.Start - p.First.End);
    }

    private HostGate Gate() => new(_store, new(), _time);

    private static Task<HostSlot> ClaimAsync(HostGate gate) => gate.ClaimAsync("post.example", Gap, TimeSpan.FromSeconds(2), default);
}
