namespace IngestPipeline.Tests.Shared;

/// <summary>A clock that stands still until a test moves it. Timers fire while it is moved, in the order of their times.</summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start;
    private long _uses;

    public FakeTime()
        : this(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How often it was looked at, and how many timers were set: while this grows, something moves.</summary>
    public long Uses => Interlocked.Read(ref _uses);

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
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
                return _timers.Count == 0 ? null : _timers.Min(t => t.Due);
        }
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves the clock, also backwards; timers on the way fire at their own times.</summary>
    public void MoveTo(DateTimeOffset to)
    {
        while (true)
        {
            FakeTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= to).MinBy(t => t.Due);
                if (next is null)
                {
                    _now = to;
                    return;
                }

                if (next.Due > _now)
                    _now = next.Due;
                next.Step();
            }

            next.Fire();
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var now = false;
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._now + dueTime;
                now = dueTime == TimeSpan.Zero && (period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero);
                if (!now)
                    time._timers.Add(this);
            }

            if (now)
                Fire();
            return true;
        }

        // Called under the clock's lock.
        public void Step()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                time._timers.Remove(this);
        }

        public void Fire() => ThreadPool.QueueUserWorkItem(static s => ((FakeTimer)s!).Call(), this);

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Call() => callback(state);
    }
}
