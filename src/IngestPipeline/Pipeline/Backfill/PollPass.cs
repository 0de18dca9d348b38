using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>Joins what was scanned, and reads the feeds in order: the requests for articles, cut into parts that any worker can take.</summary>
internal sealed class PollPass(IBlobStore root, StagedArchives archives, LiveOptions options, PipelineOptions pipeline)
{
    /// <summary>Makes the index of the whole archive of those of its segments.</summary>
    public async Task JoinAsync(Staging staging, int segments, CancellationToken cancellation)
    {
        using var folder = ArchiveBuilder.CreateFolder(options.TemporaryFolder);
        var parts = new List<string>();
        for (var segment = 0; segment < segments; segment++)
        {
            parts.Add(Path.Combine(folder.Path, FormattableString.Invariant($"{segment}.db")));
            // Scanned by an earlier release, whose index has other columns.
            if (!await staging.HasAsync(Staging.ScannedOf(segment), cancellation).ConfigureAwait(false))
                await new SegmentScan(root, options.TemporaryFolder).RunAsync(staging, segment, cancellation).ConfigureAwait(false);
            await staging.CopyToFileAsync(Staging.ScannedOf(segment), parts[^1], cancellation).ConfigureAwait(false);
        }

        var path = Path.Combine(folder.Path, "index.db");
        ArchivePart.Join(parts, path, cancellation);
        await staging.CreateFromFileAsync(Staging.Index, path, cancellation).ConfigureAwait(false);
    }

    /// <summary>Stages the requests; what they are cut into is said last.</summary>
    public async Task<BackfillPolls> RunAsync(string id, Staging staging, CancellationToken cancellation)
    {
        var feeds = await staging.ReadAsync(Staging.Feeds, cancellation).ConfigureAwait(false) is { } list ? FeedList.Read(list).List : null;
        return await archives.UseAsync(id, staging, archive => PollAsync(staging, archive, feeds, cancellation), cancellation).ConfigureAwait(false);
    }

    private async Task<BackfillPolls> PollAsync(Staging staging, WebArchive archive, FeedList? feeds, CancellationToken cancellation)
    {
        if (archive.Captures == 0)
            throw new FormatException("the archive's files hold no capture: there is nothing to replay");
        var forgotten = await ForgottenAsync(staging, cancellation).ConfigureAwait(false);
        using var entries = new EntryBook(options.TemporaryFolder, forgotten);
        using var handler = new ArchiveHandler(archive, failsAgain: true);
        using var fetcher = new PageFetcher(handler);
        var ledger = new ReplayLedger();
        var days = new List<(string Day, int Parts)>();
        var waiting = new List<ReadOnlyMemory<byte>>();
        var part = 0;
        // A list without feeds says nothing, as in a replay.
        var polls = new ArchivePolls(archive, fetcher, entries, ledger, pipeline, feeds is { Feeds.Count: > 0 } ? feeds : null, forgotten);
        foreach (var (day, requests) in polls.Days(archive.HoldsFeeds))
        {
            var first = part;
            await foreach (var request in requests.WithCancellation(cancellation).ConfigureAwait(false))
            {
                waiting.Add(RequestJson.Line(request));
                if (waiting.Count == options.SegmentArticles)
                    await StageAsync().ConfigureAwait(false);
            }

            if (waiting.Count > 0)
                await StageAsync().ConfigureAwait(false);
            days.Add((day, part - first));
        }

        await staging.CreateLinesAsync(
            Staging.Learned, archive.Learned().Select(l => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(l)), cancellation).ConfigureAwait(false);
        var found = new BackfillPolls(days, ledger.ArticlesIn, archive.Faults.Count);
        await staging.CreateAsync(Staging.Polls, found.ToJson(), cancellation).ConfigureAwait(false);
        return found;

        async Task StageAsync()
        {
            await staging.CreateLinesAsync(Staging.RequestsOf(part++), waiting, cancellation).ConfigureAwait(false);
            waiting.Clear();
        }
    }

    // Frozen by whoever comes first: a pass that is done again cuts the same parts.
    private async Task<IReadOnlySet<string>> ForgottenAsync(Staging staging, CancellationToken cancellation)
    {
        if (!await staging.HasAsync(Staging.Forgotten, cancellation).ConfigureAwait(false))
        {
            var now = await Tombstones.ReadAsync(root, cancellation).ConfigureAwait(false);
            await staging.CreateLinesAsync(
                Staging.Forgotten, now.Order(StringComparer.Ordinal).Select(id => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(id)),
                cancellation).ConfigureAwait(false);
        }

        return (await staging.LinesAsync(Staging.Forgotten, cancellation).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
    }
}
