namespace IngestPipeline.Tests.Shared;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire on the thread that moves it, each at its own time, and have fired when the move returns.
/// </summary>
/// <remarks>
/// Not Microsoft's FakeTimeProvider: that leaves a timer to whichever thread is busy with another, so that a move may return before what it made due, and every
/// timer sees the time that the move ends at; and it cannot tell what waits, without which a test cannot know when to move it.
/// </remarks>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TestTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TaskCompletionSource _changed = NewChange();
    private long _uses;

    public TestClock()
        : this(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How often it was looked at, and how many timers were set: while this grows, something moves.</summary>
    public long Uses => Interlocked.Read(ref _uses);

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
                return _timers.Count == 0 ? null : _timers.Min(t => t.Due);
        }
    }

    /// <summary>Waits until so many timers are set.</summary>
    public async Task HasTimersAsync(int count)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_timers.Count == count)
                    return;
                changed = _changed.Task;
            }

            await changed;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _uses);
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _uses);
        var timer = new TestTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves the clock, also backwards; timers on the way fire at their own times.</summary>
    public void MoveTo(DateTimeOffset to)
    {
        while (Next(to) is { } next)
            next.Fire();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestTimer? Next(DateTimeOffset to)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due <= to).MinBy(t => t.Due);
            if (next is null)
                _now = to;
            else if (next.Due > _now)
                _now = next.Due;
            if (next is not null)
                Set(next, next.Period > TimeSpan.Zero ? next.Due + next.Period : null);
            return next;
        }
    }

    // Under the lock.
    private void Set(TestTimer timer, DateTimeOffset? due)
    {
        _timers.Remove(timer);
        if (due is { } at)
        {
            timer.Due = at;
            _timers.Add(timer);
        }

        _changed.SetResult();
        _changed = NewChange();
    }

    private sealed class TestTimer(TestClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Period = period;
                clock.Set(this, dueTime < TimeSpan.Zero ? null : clock._now + dueTime);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock.Set(this, null);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
