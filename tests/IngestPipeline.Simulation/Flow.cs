namespace IngestPipeline.Simulation;

/// <summary>
/// A piece of work that can be held at one of its effects while another piece runs: two workers that meet at every possible point, without
/// threads.
/// </summary>
/// <param name="holdAt">The number of the effect that it is held before, from 1.</param>
internal sealed class Flow(int holdAt)
{
    private static readonly AsyncLocal<Flow?> Running = new();

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _go;
    private int _holdAt = holdAt;
    private int _effects;

    /// <summary>True while it is held.</summary>
    public bool IsHeld => _go is not null;

    /// <summary>Ends when it is held for the first time.</summary>
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
    /// <param name="effects">It is held again before so many further effects; 0 = it is not.</param>
    public void Resume(int effects = 0)
    {
        TaskCompletionSource? go;
        lock (_gate)
            (_holdAt, go, _go) = (effects > 0 ? _effects + effects : 0, _go, null);
        go?.TrySetResult();
    }

    /// <summary>Called before each effect.</summary>
    /// <param name="what">The effect's kind and name.</param>
    public static Task PassAsync(string what) =>
        // A worker looks at the clock before it keeps what it captured. A pause that falls between that look and the write is not tried.
        what.StartsWith("create capture/", StringComparison.Ordinal) ? Task.CompletedTask : Running.Value?.PassAsync() ?? Task.CompletedTask;

    private Task PassAsync()
    {
        TaskCompletionSource go;
        lock (_gate)
        {
            if (++_effects != _holdAt)
                return Task.CompletedTask;
            _go = go = new();
        }

        _held.TrySetResult();
        return go.Task;
    }
}
