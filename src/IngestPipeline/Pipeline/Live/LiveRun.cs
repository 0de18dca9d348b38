using IngestPipeline.Hosting;
using IngestPipeline.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The live pipeline in one process: the same stages as in the cloud, on the same schedules, over the store's own queues. Several processes may run
/// on one store.
/// </summary>
public sealed class LiveRun : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly PollFeeds _poll;
    private readonly Deduplicate _deduplicate;
    private readonly PublishReport _report;
    private readonly LiveStore _store;
    private readonly WorkQueues _workQueues;
    private readonly WorkClaims _claims;
    private readonly IngestOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<QueuePump> _pumps;
    private readonly IReadOnlyList<IWorkQueue> _queues;
    private FolderPresence? _presence;

    /// <summary>Wires the run.</summary>
    public LiveRun(
        IngestOptions options, LiveStore store, WorkQueues queues, LiveQueues work, PollFeeds poll, ReadFeed read, IngestArticle ingest,
        Deduplicate deduplicate,
        PublishReport report, Quarantine quarantine, ReplayArchive replay, WorkClaims claims, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(work);
        (_options, _store, _workQueues, _poll, _deduplicate, _report, _claims, _time) = (options, store, queues, poll, deduplicate, report, claims, time);
        QueuePump Pump(IWorkQueue queue, IWorkQueue poison, Func<string, CancellationToken, Task> stage) =>
            new(queue, poison, stage, options.Live, time, metrics, line => Problem?.Invoke(line));
        var pumps = new List<QueuePump>();
        foreach (var (queue, stage) in new (IWorkQueue, Func<string, CancellationToken, Task>)[]
        {
            (work.Feeds, (body, c) => read.ProcessAsync(MessageJson.Feed(body), c)),
            (work.Articles, (body, c) => ingest.ProcessAsync(MessageJson.Article(body), c)),
            (work.Replays, (body, c) => replay.ProcessAsync(MessageJson.Replay(body), c)),
        })
        {
            var poison = queues.Queue(queue.Name + QueueName.PoisonSuffix);
            pumps.Add(Pump(queue, poison, stage));
            // What cannot even be set aside stays where it is.
            pumps.Add(Pump(poison, poison, (body, c) => quarantine.TakeAsync(queue.Name, body, c)));
        }

        _pumps = pumps;
        _queues = [.. pumps.Select(p => p.Queue)];
    }

    /// <summary>Told of each problem that does not end the run, in one line without secrets.</summary>
    public Action<string>? Problem { get; set; }

    /// <summary>Makes store and queues where they are not there, and refuses a store of other rules before anything is fetched.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await _store.Root.PrepareAsync(cancellation).ConfigureAwait(false);
        await _store.RunAsync(cancellation).ConfigureAwait(false);
        foreach (var queue in _queues)
            await queue.PrepareAsync(cancellation).ConfigureAwait(false);
        if (_store.Root is FolderBlobStore folder)
            _presence ??= await FolderPresence.EnterAsync(folder.Location, () => TakeOverAsync(cancellation), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _presence?.Dispose();

    /// <summary>Runs until it is stopped: then no message is taken any more, and what is under way has a few seconds to end or comes again.</summary>
    /// <param name="workers">How many messages of each queue are worked on at once: 1 to 32.</param>
    /// <param name="stop">Stops the run.</param>
    public async Task RunAsync(int workers, CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        using var registration = stop.Register(() => abort.CancelAfter(Grace));
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] loops =
        [
            TimerAsync(_options.PollSchedule, _poll.RunAsync, failed.Token, abort.Token),
            TimerAsync(_options.DeduplicateSchedule, c => _deduplicate.RunAsync(c), failed.Token, abort.Token),
            TimerAsync(_options.ReportSchedule, _report.RunAsync, failed.Token, abort.Token),
            .. _pumps.Select(p => p.RunAsync(workers, failed.Token, abort.Token)),
        ];
        try
        {
            // The first that fails for good (a store that refuses) stops the others.
            await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await failed.CancelAsync().ConfigureAwait(false);
            if (!stop.IsCancellationRequested)
                abort.CancelAfter(Grace);
            await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Works on what is there, for a scheduler such as cron: due feeds, what they name, decisions, report.</summary>
    /// <param name="workers">How many messages of each queue are worked on at once: 1 to 32.</param>
    /// <param name="wait">How long delayed work is waited for at most; what comes later is kept for the next run.</param>
    /// <param name="stop">Stops between messages.</param>
    public async Task RunOnceAsync(int workers, TimeSpan wait, CancellationToken stop)
    {
        var until = _time.GetUtcNow() + wait;
        await _poll.RunAsync(stop).ConfigureAwait(false);
        while (!stop.IsCancellationRequested)
        {
            if (await DrainAsync(workers, stop).ConfigureAwait(false) > 0)
                continue;
            var left = 0;
            foreach (var queue in _queues)
                left += await queue.DepthAsync(stop).ConfigureAwait(false);
            if (left == 0 || _time.GetUtcNow() >= until)
                break;
            await Task.Delay(Idle, _time, stop).ConfigureAwait(false);
        }

        stop.ThrowIfCancellationRequested();
        await _deduplicate.RunAsync(stop, rollUp: true).ConfigureAwait(false);
        await _report.RunAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Takes what is visible in every queue, once.</summary>
    internal async Task<int> DrainAsync(int workers, CancellationToken stop)
    {
        var handled = 0;
        foreach (var pump in _pumps)
            handled += await pump.PumpAsync(workers, stop, stop).ConfigureAwait(false);
        return handled;
    }

    // Nobody else works on the folder: what is taken was taken by the dead, and need not wait until its time is over.
    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        _claims.Void();
        await _workQueues.TakeBackAsync(cancellation).ConfigureAwait(false);
    }

    private async Task TimerAsync(string schedule, Func<CancellationToken, Task> stage, CancellationToken stop, CancellationToken abort)
    {
        var times = IngestOptions.TrySchedule(schedule) ?? throw new ArgumentException("Not a schedule.", nameof(schedule));
        // At once, so that a restart is no pause; a missed occurrence is one late run.
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            try
            {
                await stage(abort).ConfigureAwait(false);
                failures = 0;
            }
            catch (StorageException e) when (++failures < 5)
            {
                Problem?.Invoke(e.Message);
            }

            var now = _time.GetUtcNow().UtcDateTime;
            await PauseAsync(times.GetNextOccurrence(now) - now, stop).ConfigureAwait(false);
        }
    }

    private Task PauseAsync(TimeSpan time, CancellationToken stop) =>
        Task.Delay(time, _time, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
