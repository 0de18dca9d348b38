namespace IngestPipeline.Simulation;

/// <summary>
/// A piece of work that can be held at one of its effects while another piece runs: two workers that meet at every possible point, without
/// threads.
/// </summary>
internal sealed class Flow(int holdAt)
{
    private static readonly AsyncLocal<Flow?> Running = new();

    private readonly TaskCompletionSource _go = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _holdAt = holdAt;
    private int _effects;

    /// <summary>True while it is held.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Ends when it is held.</summary>
    public Task Held => _held.Task;

    /// <summary>Starts work within the flow.</summary>
    public Task StartAsync(Func<Task> work)
    {
        Running.Value = this;
        try
        {
            return work();
        }
        finally
        {
            Running.Value = null;
        }
    }

    /// <summary>Lets held work go on.</summary>
    public void Resume() => _go.TrySetResult();

    /// <summary>Called before each effect.</summary>
    /// <param name="what">The effect's kind and name.</param>
    public static async Task PassAsync(string what)
    {
        // A worker looks at the clock before it keeps what it captured. A pause that falls between that look and the write is not tried.
        if (what.StartsWith("create capture/", StringComparison.Ordinal))
            return;
        if (Running.Value is not { } flow || Interlocked.Increment(ref flow._effects) != flow._holdAt)
            return;
        flow.IsHeld = true;
        flow._held.TrySetResult();
        await flow._go.Task;
        flow.IsHeld = false;
    }
}
