using IngestPipeline.Archive;
using IngestPipeline.Hosting;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Replays an archive that lies in the store, with the rules of this release, as a run of its own beside the current one.</summary>
public sealed class ReplayArchive
{
    private readonly LiveStore _store;
    private readonly LiveOptions _options;
    private readonly PipelineOptions _pipeline;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;

    /// <summary>Wires the stage.</summary>
    public ReplayArchive(LiveStore store, LiveOptions options, PipelineOptions pipeline, TimeProvider time, IngestMetrics metrics) =>
        (_store, _options, _pipeline, _time, _metrics) = (store, options, pipeline, time, metrics);

    /// <summary>Handles a message. When it returns the run is whole and current.</summary>
    /// <exception cref="FormatException">The message asks for another version than this release writes.</exception>
    public async Task ProcessAsync(ReplayMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = TraceContext.Start(nameof(ReplayArchive), message.Trace);
        if (message.Run != _store.Version)
            throw new FormatException($"the message asks for version {message.Run}, and this release writes {_store.Version}: deploy the release that it was sent for");
        await _metrics.StageAsync(nameof(ReplayArchive), _time, () => ReplayAsync(message, cancellation)).ConfigureAwait(false);
    }

    private async Task ReplayAsync(ReplayMessage message, CancellationToken cancellation)
    {
        var copy = await StoredArchive.CopyAsync(_store.Root, message.Archive, _options.TemporaryFolder, cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            var archive = await WebArchive.OpenAsync([copy.Folder], new() { TemporaryFolder = _options.TemporaryFolder }, cancellation).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                var options = new ReplayOptions { NewRun = true, Pipeline = _pipeline, TemporaryFolder = _options.TemporaryFolder };
                await Replay.RunAsync(archive, _store.Root, options, null, cancellation).ConfigureAwait(false);
            }
        }
    }
}
