using IngestPipeline.Queues;

namespace IngestPipeline.Simulation;

/// <summary>
/// The workers of the queues: now and then two meet, one held at one of its effects while the other runs, on the same message or another; now and then
/// one stands still, for longer than its claim and its message last or not, and goes on where it was.
/// </summary>
/// <param name="scheduler">Runs them.</param>
/// <param name="time">The clock.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="start">Starts another instance of the process.</param>
internal sealed class Workers(Scheduler scheduler, SimClock time, Faults faults, Func<SimProcess> start)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);

    private readonly List<(HeldWork Work, DateTimeOffset Until)> _stalled = [];

    /// <summary>Handles the messages of a queue that can be seen, eight at most.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="stage">What is done with the text of a message, before it is deleted.</param>
    public async Task PumpAsync(SimQueue queue, Func<SimProcess, string, Task> stage)
    {
        IReadOnlyList<QueueItem> items = [];
        await scheduler.StepAsync(async _ => items = await queue.ReceiveAsync(8, Visibility));
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (item.Deliveries > 5)
            {
                await scheduler.StepAsync(async p =>
                {
                    await p.Quarantine.TakeAsync(queue.Name, item.Body, default);
                    await queue.DeleteAsync(item);
                });
                continue;
            }

            var other = i + 1 < items.Count && faults.Draw("other " + item.Body) < 500 ? items[++i] : item;
            if (faults.IsOn && faults.Draw("stall " + item.Body) < 30)
                await StallAsync(p => HandleAsync(p, item), 1 + (faults.Draw("hold " + item.Body) % 40), TimeSpan.FromSeconds(10 + (faults.Draw("for " + item.Body) * 1.5)));
            else if (faults.IsOn && faults.Draw("meet " + item.Body) < 250)
                await MeetAsync(p => HandleAsync(p, item), p => HandleAsync(p, other), 1 + (faults.Draw("hold " + item.Body) % 24));
            else
                await scheduler.StepAsync(p => HandleAsync(p, item));
            if (!ReferenceEquals(other, item))
                await scheduler.StepAsync(p => HandleAsync(p, other));
        }

        async Task HandleAsync(SimProcess process, QueueItem item)
        {
            await stage(process, item.Body);
            await queue.DeleteAsync(item);
        }
    }

    /// <summary>
    /// Runs what a timer runs. Now and then another instance has begun to run it, too, stands still at one of its effects, and goes on when this one has
    /// long ended.
    /// </summary>
    /// <param name="name">What is run.</param>
    /// <param name="run">Runs it.</param>
    public async Task TimeAsync(string name, Func<SimProcess, Task> run)
    {
        if (faults.IsOn && faults.Draw("overlap " + name) < 60)
            await StallAsync(_ => ElsewhereAsync(run), 1 + (faults.Draw("hold " + name) % 60), TimeSpan.FromSeconds(faults.Draw("for " + name)));
        await scheduler.StepAsync(run);
    }

    /// <summary>Lets those go on whose pause is over.</summary>
    /// <param name="all">Whose is not over, too.</param>
    public async Task WakeAsync(bool all)
    {
        foreach (var stalled in _stalled.Where(s => all || s.Until <= time.GetUtcNow()).ToList())
        {
            _stalled.Remove(stalled);
            await scheduler.EndAsync(stalled.Work);
        }
    }

    private async Task ElsewhereAsync(Func<SimProcess, Task> run)
    {
        await using var other = start();
        await run(other);
    }

    private async Task MeetAsync(Func<SimProcess, Task> first, Func<SimProcess, Task> second, int holdAt)
    {
        var held = await scheduler.HoldAsync(first, holdAt);
        await scheduler.StepAsync(second);
        await scheduler.EndAsync(held);
    }

    private async Task StallAsync(Func<SimProcess, Task> work, int holdAt, TimeSpan length)
    {
        var held = await scheduler.HoldAsync(work, holdAt);
        if (held.Work.IsCompleted)
            await scheduler.EndAsync(held);
        else
            _stalled.Add((held, time.GetUtcNow() + length));
    }
}
