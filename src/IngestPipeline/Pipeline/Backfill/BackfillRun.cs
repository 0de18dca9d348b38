using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>
/// Starts a back-fill and works on it until it is done: with this process's workers, and with whatever else takes messages of the store's queue, such as the
/// app on Azure or more processes of this kind.
/// </summary>
public sealed class BackfillRun
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private const int MostFailures = 5;

    // A message on its way between two queues is in neither for a moment.
    private const int LooksBeforeLost = 20;

    private readonly LiveStore _store;
    private readonly ReplayArchive _replay;
    private readonly BackfillStates _states;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<QueuePump> _pumps;

    /// <summary>Wires the run.</summary>
    public BackfillRun(
        IngestOptions options, LiveStore store, LiveQueues queues, WorkQueues work, ReplayArchive replay, Quarantine quarantine, TimeProvider time,
        IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(work);
        (_store, _replay, _time) = (store, replay, time);
        _states = new(store.Root);
        var poison = work.Queue(queues.Replays.Name + QueueName.PoisonSuffix);
        QueuePump Pump(IWorkQueue queue, Func<string, CancellationToken, Task> stage) =>
            new(queue, poison, stage, options.Live, time, metrics, line => Problem?.Invoke(line));
        _pumps =
        [
            Pump(queues.Replays, (body, c) => replay.ProcessAsync(MessageJson.Replay(body), c)),
            Pump(poison, (body, c) => quarantine.TakeAsync(queues.Replays.Name, body, c)),
        ];
    }

    /// <summary>Told of each problem that does not end the run, in one line without secrets.</summary>
    public Action<string>? Problem { get; set; }

    /// <summary>Told how far the back-fill is, now and then; null before its first message was handled.</summary>
    public Action<BackfillState?>? Progress { get; set; }

    /// <summary>Sends the message that starts a back-fill.</summary>
    /// <param name="archive">The prefix of the archive's files in the store.</param>
    /// <param name="cancellation">Stops before it is sent.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="FormatException">There is nothing to replay; the message says why.</exception>
    public async Task<string> StartAsync(string archive, CancellationToken cancellation)
    {
        foreach (var pump in _pumps)
            await pump.Queue.PrepareAsync(cancellation).ConfigureAwait(false);
        return await _replay.StartAsync(archive, cancellation).ConfigureAwait(false);
    }

    /// <summary>Works until a back-fill is done or given up.</summary>
    /// <param name="id">The back-fill.</param>
    /// <param name="workers">How many messages are worked on at once: 1 to 32.</param>
    /// <param name="stop">Stops; messages that are worked on come again.</param>
    /// <returns>How it ended; null when its messages are gone without that, which quarantine explains.</returns>
    public async Task<BackfillState?> WorkAsync(string id, int workers, CancellationToken stop)
    {
        for (var (failures, lost) = (0, 0); ;)
        {
            try
            {
                var handled = 0;
                foreach (var pump in _pumps)
                    handled += await pump.PumpAsync(workers, stop, stop).ConfigureAwait(false);
                var state = await _states.ReadAsync(id, stop).ConfigureAwait(false);
                Progress?.Invoke(state);
                // The last message also tidies up.
                if (state?.Phase is BackfillPhase.Done or BackfillPhase.Refused && handled == 0)
                    return state;
                lost = handled == 0 && await DepthAsync(stop).ConfigureAwait(false) == 0 ? lost + 1 : 0;
                if (lost == LooksBeforeLost)
                    return null;
                if (handled == 0)
                    await Task.Delay(Idle, _time, stop).ConfigureAwait(false);
                failures = 0;
            }
            catch (StorageException e) when (++failures < MostFailures)
            {
                Problem?.Invoke(e.Message);
                await Task.Delay(Idle * failures, _time, stop).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> DepthAsync(CancellationToken cancellation)
    {
        var depth = 0;
        foreach (var pump in _pumps)
            depth += await pump.Queue.DepthAsync(cancellation).ConfigureAwait(false);
        return depth;
    }
}
