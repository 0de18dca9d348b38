using IngestPipeline.Storage;

namespace IngestPipeline.Simulation;

/// <summary>
/// Runs work in the process of the moment, one piece after another, and moves the clock for what waits for it. A piece can be held at one of its effects while
/// others run. Where the process died a new one is started for the next piece.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="start">Starts a process.</param>
internal sealed class Scheduler(SimClock time, Faults faults, Func<SimProcess> start)
{
    private readonly Quiet _quiet = new();
    private readonly List<Flow> _paused = [];
    private SimProcess? _process;

    /// <summary>Runs work to its end, or to the death of the process.</summary>
    public async Task StepAsync(Func<SimProcess, Task> work)
    {
        Task task;
        try
        {
            task = work(Process());
        }
        catch (DeadProcessException)
        {
            await StopAsync();
            return;
        }

        await EndAsync(task);
    }

    /// <summary>Runs work up to one of its effects, or to its end where it has fewer.</summary>
    /// <param name="work">The work.</param>
    /// <param name="holdAt">The number of the effect, from 1.</param>
    public async Task<HeldWork> HoldAsync(Func<SimProcess, Task> work, int holdAt)
    {
        var process = Process();
        var flow = new Flow(holdAt);
        _paused.RemoveAll(f => !f.IsHeld);
        _paused.Add(flow);
        var held = new HeldWork(flow.StartAsync(() => work(process)), flow, faults.Life);
        await UntilAsync(held.Work, flow);
        return held;
    }

    /// <summary>Lets held work go on to its end.</summary>
    public async Task EndAsync(HeldWork held)
    {
        held.Flow.Resume();
        await EndAsync(held.Work, held.Life);
    }

    /// <summary>Ends the process in good order.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }

    private async Task EndAsync(Task task, int? life = null)
    {
        await UntilAsync(task, null);
        try
        {
            await task;
        }
        catch (Exception e) when (faults.IsDead || e is DeadProcessException or StorageException or HttpRequestException || (e is ObjectDisposedException && life != faults.Life && life is not null))
        {
            // The message comes again; that is what is being tested. What a dead process has let go of may be asked for by its last worker.
        }

        if (faults.IsDead)
            await StopAsync();
    }

    // Work that waits for the clock gets its time; work on other threads and effects under way are waited for.
    private async Task UntilAsync(Task task, Flow? flow)
    {
        bool Ended() => task.IsCompleted || flow is { IsHeld: true };
        var others = false;
        while (!Ended())
        {
            while (!Ended() && !(faults.UnderWay == 0 && _quiet.IsSo))
                await Task.WhenAny(task, flow?.Held ?? task, Task.Delay(1));

            if (Ended())
                break;
            if (time.NextTimer is { } next)
                time.MoveTo(next);
            else if (_paused.Find(f => f.IsHeld) is { } paused)
            {
                // It waits for a lock of its process that a worker who stands still has: that one goes on first, for some effects or to its end.
                paused.Resume(faults.Draw("again") % 8);
                others = true;
            }
            else
            {
                await Task.Delay(1);
            }
        }

        // Who went on for it comes to rest before anything else begins.
        while (others && !(faults.UnderWay == 0 && _quiet.IsSo))
            await Task.Delay(1);
    }

    private SimProcess Process()
    {
        if (_process is not null)
            return _process;
        faults.Restart();
        return _process = start();
    }
}
