using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Archive.Folders;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>Lists an archive that lies in the store and cuts it into segments of bounded size.</summary>
/// <param name="root">The store.</param>
/// <param name="options">The bounds.</param>
/// <param name="feedsFile">The list of feeds that the store's own captures were made by.</param>
internal sealed class BackfillPlanner(IBlobStore root, LiveOptions options, string feedsFile)
{
    /// <summary>The archive as it is now: its files in the order of a replay, and the id of a back-fill of just these.</summary>
    /// <exception cref="FormatException">There is nothing to replay; the message says why.</exception>
    public async Task<(
        string Id, IReadOnlyList<BlobItem> Files, ReadOnlyMemory<byte>? Feeds)> ListAsync(string archive, string run, CancellationToken cancellation)
    {
        if (!IsPrefix(archive))
            throw new FormatException("the message's \"archive\" is no prefix of names in the store: write one such as archive/2025/");
        var files = new List<BlobItem>();
        await foreach (var item in root.ListAsync(archive, cancellation).ConfigureAwait(false))
        {
            if (FolderScanner.IsWarcName(item.Name))
                files.Add(item);
        }

        if (files.Count == 0)
            throw new FormatException(
                $"{root.Location} holds no WARC file under {archive}: put the archive there first; pages and feeds as files are replayed by \"ingest replay\"");
        files.Sort(static (a, b) => ArchiveOrder.Instance.Compare(a.Name, b.Name));
        // Another list of feeds leaves out other entries.
        var feeds = archive == StoreNames.Captures ? (await root.ReadAsync(feedsFile, cancellation).ConfigureAwait(false))?.Content : null;
        return (Id(archive, run, files, feeds), files, feeds);
    }

    /// <summary>Writes the plan: what is read from here on does not change, whatever comes into the store meanwhile.</summary>
    public async Task<BackfillPlan> WriteAsync(
        Staging staging, string archive, string run, IReadOnlyList<BlobItem> files, ReadOnlyMemory<byte>? feeds, CancellationToken cancellation)
    {
        var segments = 0;
        for (var from = 0; from < files.Count; segments++)
        {
            var (to, bytes) = (from, 0L);
            while (to < files.Count && (to == from || (to - from < options.SegmentFiles && bytes + files[to].Length <= options.SegmentBytes)))
                bytes += files[to++].Length;
            var lines =
                files.Skip(from).Take(to - from).Select(f => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(FormattableString.Invariant($"{f.Length} {f.Name}")));
            await staging.CreateLinesAsync(Staging.FilesOf(segments), lines, cancellation).ConfigureAwait(false);
            from = to;
        }

        if (feeds is { } list)
            await staging.CreateAsync(Staging.Feeds, list, cancellation).ConfigureAwait(false);
        var plan = new BackfillPlan(archive, run, files.Count, files.Sum(f => f.Length), segments);
        await staging.CreateAsync(Staging.Plan, plan.ToJson(), cancellation).ConfigureAwait(false);
        return plan;
    }

    private static string Id(string archive, string run, IReadOnlyList<BlobItem> files, ReadOnlyMemory<byte>? feeds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{archive}\n{run}\n"));
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{file.Name} {file.Length}\n")));
        if (feeds is { } list)
            hash.AppendData(list.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static bool IsPrefix(string archive)
    {
        if (archive.Length == 0)
            return false;
        try
        {
            BlobName.CheckPrefix(archive);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
