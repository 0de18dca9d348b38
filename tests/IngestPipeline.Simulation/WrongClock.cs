namespace IngestPipeline.Simulation;

/// <summary>The clock of a machine that is set wrong: its time jumps, forwards and backwards; what it measures in between is right.</summary>
internal sealed class WrongClock(TimeProvider right) : TimeProvider
{
    /// <summary>How far it is off.</summary>
    public TimeSpan Off { get; set; }

    public override long TimestampFrequency => right.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Off;

    public override long GetTimestamp() => right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        right.CreateTimer(callback, state, dueTime, period);
}
