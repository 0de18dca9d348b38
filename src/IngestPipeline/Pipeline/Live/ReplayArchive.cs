using IngestPipeline.Extraction;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Replays an archive that lies in the store, with the rules of this release, as a run of its own beside the current one. The work is cut into messages:
/// files are scanned and articles extracted by any number of workers, in any order; one ordered pass at the end decides. Every message may come twice,
/// and any worker may die: what is done is what is staged, and whoever stages the last part of a step sends the next step's messages.
/// </summary>
public sealed class ReplayArchive : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly LiveStore _store;
    private readonly LiveQueues _queues;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly BackfillPlanner _planner;
    private readonly StagedArchives _archives;
    private readonly SegmentScan _scan;
    private readonly PollPass _polls;
    private readonly PartExtraction _extraction;
    private readonly BackfillEnding _ending;
    private readonly BackfillStates _states;

    /// <summary>Wires the stage.</summary>
    public ReplayArchive(LiveStore store, LiveQueues queues, ArticleExtractor extractor, IngestOptions options, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _queues, _time, _metrics) = (store, queues, time, metrics);
        var live = options.Live;
        _planner = new(store.Root, live, options.FeedsFile ?? FeedList.StoreName);
        _archives = new(store.Root, live.TemporaryFolder);
        _scan = new(store.Root, live.TemporaryFolder);
        _polls = new(store.Root, _archives, live, options.Pipeline);
        _extraction = new(_archives, extractor, options.Pipeline, store.Version);
        _states = new(store.Root);
        _ending = new(store, _planner, new(store.Root, live, options.Pipeline, store.Version), _states, time);
    }

    /// <summary>Sends the message that starts a back-fill.</summary>
    /// <param name="archive">The prefix of the archive's files; <see cref="StoreNames.Captures"/> for what the store's own pipeline captured.</param>
    /// <param name="cancellation">Stops before it is sent.</param>
    /// <returns>The back-fill's id.</returns>
    /// <exception cref="FormatException">There is nothing to replay; the message says why.</exception>
    public async Task<string> StartAsync(string archive, CancellationToken cancellation)
    {
        var (id, _, _) = await _planner.ListAsync(archive, _store.Version, cancellation).ConfigureAwait(false);
        await SendAsync(archive, null, default, cancellation).ConfigureAwait(false);
        return id;
    }

    /// <summary>Handles a message.</summary>
    /// <exception cref="FormatException">It can never be handled: another version is asked for, there is nothing to replay, or the run must not become
    /// current.</exception>
    public async Task ProcessAsync(ReplayMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = TraceContext.Start(nameof(ReplayArchive), message.Trace);
        if (message.Run != _store.Version && message.Segment is not null)
        {
            // Two releases share the queue: the other one's work is left to it.
            await _queues.Replays.SendAsync(MessageJson.Write(message), LookAgain, cancellation).ConfigureAwait(false);
            return;
        }

        if (message.Run != _store.Version)
            throw new FormatException(
                $"the message asks for version {message.Run}, and this release writes {_store.Version}: deploy the release that it was sent for");
        await _metrics.StageAsync(nameof(ReplayArchive), _time, () => message.Segment is { } part
            ? WorkAsync(BackfillPart.Parse(part), cancellation)
            : PlanAsync(message.Archive, cancellation)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _archives.Dispose();

    private Staging StagingOf(string id) => new(_store.Root, _store.Version, id);

    private async Task PlanAsync(string archive, CancellationToken cancellation)
    {
        var (id, files, feeds) = await _planner.ListAsync(archive, _store.Version, cancellation).ConfigureAwait(false);
        var known = await _states.ReadAsync(id, cancellation).ConfigureAwait(false);
        if (known?.Phase == BackfillPhase.Done)
            return;
        var staging = StagingOf(id);
        var plan = await _planner.WriteAsync(staging, archive, _store.Version, files, feeds, cancellation).ConfigureAwait(false);
        var state = new BackfillState { Id = id, Archive = archive, Run = _store.Version, Phase = BackfillPhase.Scanning, Segments = plan.Segments, At = _time.GetUtcNow() };
        await _states.AdvanceAsync(state, startsAgain: known?.Phase == BackfillPhase.Refused, cancellation).ConfigureAwait(false);
        if (await IsDoneAsync(id, cancellation).ConfigureAwait(false))
        {
            // It was ended while this was planned a second time.
            await staging.DeleteAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var done = await staging.DoneAsync(Staging.Scanned, cancellation).ConfigureAwait(false);
        foreach (var segment in Enumerable.Range(0, plan.Segments).Where(s => !done.Contains(s)))
            await SendAsync(archive, new(id, BackfillStep.Scan, segment), default, cancellation).ConfigureAwait(false);
        if (done.Count == plan.Segments)
            await SendAsync(archive, new(id, BackfillStep.Poll), default, cancellation).ConfigureAwait(false);
    }

    private async Task WorkAsync(BackfillPart part, CancellationToken cancellation)
    {
        var staging = StagingOf(part.Id);
        if (await staging.ReadAsync(Staging.Plan, cancellation).ConfigureAwait(false) is not { } json)
        {
            // It is over, or was never begun; a pass that died while it tidied up goes on.
            if (part.Step == BackfillStep.Decide)
                await staging.DeleteAsync(cancellation).ConfigureAwait(false);
            return;
        }

        try
        {
            await WorkAsync(part, staging, BackfillPlan.Read(staging.NameOf(Staging.Plan), json.Span), cancellation).ConfigureAwait(false);
        }
        catch (StorageException) when (part.Step != BackfillStep.Decide)
        {
            // Another may have come to the end and tidied up meanwhile: then there is nothing left to do.
            if (await staging.HasAsync(Staging.Plan, cancellation).ConfigureAwait(false) && !await IsDoneAsync(part.Id, cancellation).ConfigureAwait(false))
                throw;
        }
    }

    private async Task WorkAsync(BackfillPart part, Staging staging, BackfillPlan plan, CancellationToken cancellation)
    {
        if (part.Step == BackfillStep.Scan)
        {
            await ScanAsync(part, staging, plan, cancellation).ConfigureAwait(false);
            return;
        }

        var polls = await staging.ReadAsync(Staging.Polls, cancellation).ConfigureAwait(false) is { } found
            ? BackfillPolls.Read(staging.NameOf(Staging.Polls), found.Span)
            : null;
        if (part.Step == BackfillStep.Poll)
            await PollAsync(part, staging, plan, polls, cancellation).ConfigureAwait(false);
        else if (polls is null)
            // A late message of a back-fill that was ended and begun again: its poll sends all parts that are left.
            return;
        else if (part.Step == BackfillStep.Decide)
            await DecideAsync(part, staging, plan, polls, cancellation).ConfigureAwait(false);
        else if (part.Number < polls.Parts)
            await ExtractAsync(part, staging, plan, polls, cancellation).ConfigureAwait(false);
        else
            throw new FormatException($"the back-fill has no part {part}");
    }

    private async Task ScanAsync(BackfillPart part, Staging staging, BackfillPlan plan, CancellationToken cancellation)
    {
        if (part.Number >= plan.Segments)
            throw new FormatException($"the back-fill has no part {part}");
        if (!await staging.HasAsync(Staging.ScannedOf(part.Number), cancellation).ConfigureAwait(false))
            await _scan.RunAsync(staging, part.Number, cancellation).ConfigureAwait(false);
        if (await staging.CountAsync(Staging.Scanned, cancellation).ConfigureAwait(false) == plan.Segments)
            await SendAsync(plan.Archive, new(part.Id, BackfillStep.Poll), default, cancellation).ConfigureAwait(false);
    }

    private async Task PollAsync(BackfillPart part, Staging staging, BackfillPlan plan, BackfillPolls? polls, CancellationToken cancellation)
    {
        if (!await staging.HasAsync(Staging.Index, cancellation).ConfigureAwait(false))
            await _polls.JoinAsync(staging, plan.Segments, cancellation).ConfigureAwait(false);
        polls ??= await _polls.RunAsync(part.Id, staging, cancellation).ConfigureAwait(false);
        await _states.AdvanceAsync(
            BackfillState.Of(part.Id, plan, polls, BackfillPhase.Extracting, _time.GetUtcNow()), startsAgain: false, cancellation).ConfigureAwait(false);
        var done = await staging.DoneAsync(Staging.Results, cancellation).ConfigureAwait(false);
        foreach (var number in Enumerable.Range(0, polls.Parts).Where(n => !done.Contains(n)))
            await SendAsync(plan.Archive, new(part.Id, BackfillStep.Extract, number), default, cancellation).ConfigureAwait(false);
        if (done.Count == polls.Parts)
            await SendAsync(plan.Archive, new(part.Id, BackfillStep.Decide), default, cancellation).ConfigureAwait(false);
    }

    private async Task ExtractAsync(BackfillPart part, Staging staging, BackfillPlan plan, BackfillPolls polls, CancellationToken cancellation)
    {
        if (!await staging.HasAsync(Staging.ResultsOf(part.Number), cancellation).ConfigureAwait(false))
            await _extraction.RunAsync(part.Id, staging, part.Number, cancellation).ConfigureAwait(false);
        if (!await staging.HasAsync(Staging.Plan, cancellation).ConfigureAwait(false))
            // Another did it first, and all is over: nothing stays behind.
            await staging.DeleteAsync(cancellation).ConfigureAwait(false);
        else if (await staging.CountAsync(Staging.Results, cancellation).ConfigureAwait(false) == polls.Parts)
            await SendAsync(plan.Archive, new(part.Id, BackfillStep.Decide), default, cancellation).ConfigureAwait(false);
    }

    private async Task DecideAsync(BackfillPart part, Staging staging, BackfillPlan plan, BackfillPolls polls, CancellationToken cancellation)
    {
        var (isMine, refusal) = await _ending.RunAsync(part.Id, staging, plan, polls, cancellation).ConfigureAwait(false);
        if (!isMine)
        {
            // Another worker is at it, or died at it: then its lease ends.
            await SendAsync(plan.Archive, part, LookAgain, cancellation).ConfigureAwait(false);
            return;
        }

        await staging.DeleteAsync(cancellation).ConfigureAwait(false);
        await _archives.DropAsync(part.Id).ConfigureAwait(false);
        if (refusal is not null)
            throw new FormatException(refusal);
    }

    private async Task<bool> IsDoneAsync(string id, CancellationToken cancellation) =>
        await _states.ReadAsync(id, cancellation).ConfigureAwait(false) is { Phase: BackfillPhase.Done };

    private Task SendAsync(string archive, BackfillPart? part, TimeSpan delay, CancellationToken cancellation) =>
        _queues.Replays.SendAsync(
            MessageJson.Write(new ReplayMessage(MessageJson.Version, archive, _store.Version, part?.ToString(), TraceContext.Current)), delay, cancellation);
}
