namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Claims on feeds and articles: one worker at a time has one, for <see cref="LiveOptions.Claim"/>. Safe for concurrent use; one is enough for a
/// process.
/// </summary>
/// <param name="options">How long a claim lasts.</param>
/// <param name="time">The clock.</param>
public sealed class WorkClaims(LiveOptions options, TimeProvider time)
{
    private DateTimeOffset _dead = DateTimeOffset.MinValue;
    private int _made;

    /// <summary>A claim that is made now.</summary>
    public DateTimeOffset Make() =>
        // Two claims of one moment must not look alike: the second would take the first for its own.
        time.GetUtcNow().AddTicks(Interlocked.Increment(ref _made) % 1000);

    /// <summary>True while a claim keeps others off.</summary>
    public bool Binds(DateTimeOffset? claim)
    {
        var now = time.GetUtcNow();
        // A claim from the future is a clock's mistake, and binds nobody.
        return claim is { } since && since > _dead && since <= now + options.Claim && since + options.Claim > now;
    }

    /// <summary>No claim that was made before now binds any more: all who made one are known to be dead.</summary>
    public void Void() => _dead = time.GetUtcNow();
}
