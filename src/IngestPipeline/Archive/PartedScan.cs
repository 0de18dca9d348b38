using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Index;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Archive;

/// <summary>
/// Scans a WARC file on all cores: a file of gzip members in parts that begin at a member with a record. A part counts only when it is without a fault and
/// ends exactly where the next one begins, so that reading on from the part before would have found the same. From the first that does not, and where
/// there are no such members, the rest is read in one go.
/// </summary>
internal sealed class PartedScan(CaptureIndex index, FaultList faults, WebArchiveOptions options)
{
    // What a part finds is held in memory until the parts before it are done.
    private const int MostFound = 20_000;

    /// <summary>Indexes a file.</summary>
    /// <param name="file">The file, as it is named in captures and faults.</param>
    /// <param name="cancellation">Ends the scan between two records.</param>
    /// <returns>How many records it holds, and whether they should be read from an inflated copy.</returns>
    public async Task<(long Records, bool IsDeep)> ScanAsync(string file, CancellationToken cancellation)
    {
        var (records, isDeep, from, before, isWhole) = (0L, false, 0L, 0L, true);
        // A small file costs no other thread, of which there may be none to spare.
        if (new FileInfo(file).Length <= options.PartBytes)
        {
            if (!options.ReadsWhole)
                Take(Scan(file, new(0, long.MaxValue), new(), cancellation));
        }
        else if (IsCompressed(file))
        {
            await OrderedParallel.RunAsync(
                Parts(file).TakeWhile(_ => Volatile.Read(ref isWhole)), Environment.ProcessorCount, part => Scan(file, part, cancellation), Take,
                cancellation).ConfigureAwait(false);
        }

        if (from < long.MaxValue)
        {
            using var scanner = new WarcScanner(found => found.AddTo(index, before), faults, options);
            Add(scanner.Scan(Open(file, from), file, from, long.MaxValue, frames: null, cancellation));
        }

        return (records, isDeep);

        void Take((Part Part, List<Scanned> Found, WarcScan Scan, bool IsWhole) done)
        {
            Volatile.Write(ref isWhole, isWhole && done.IsWhole);
            if (!isWhole)
                return;
            done.Found.ForEach(found => found.AddTo(index, before));
            Add(done.Scan);
            (from, before) = (done.Part.End, before + (done.Scan.Reached ?? 0));
        }

        void Add(WarcScan scan) => (records, isDeep) = (records + scan.Records, isDeep || scan.IsDeep);
    }

    // Where passing over members leaves a doubt, or a fault, all are read.
    private (Part Part, List<Scanned> Found, WarcScan Scan, bool IsWhole) Scan(string file, Part part, CancellationToken cancellation) =>
        !options.ReadsWhole && Scan(file, part, new(), cancellation) is { IsWhole: true } light ? light : Scan(file, part, null, cancellation);

    private (Part Part, List<Scanned> Found, WarcScan Scan, bool IsWhole) Scan(string file, Part part, MemberFrames? frames, CancellationToken cancellation)
    {
        var found = new List<Scanned>();
        var met = new FaultList(most: 0);
        using var scanner = new WarcScanner(found.Add, met, options);
        var scan = scanner.Scan(Open(file, part.Start), file, part.Start, part.End, frames, cancellation);
        if (frames is { HasPassed: true } && part.End < long.MaxValue)
        {
            using var behind = new InputWindow(Open(file, part.End), part.End);
            frames.LookOn(behind);
        }

        return (part, found, scan, frames?.IsDoubtful != true && met.Count == 0 && found.Count <= MostFound && (scan.Reached is not null || part.End == long.MaxValue));
    }

    // None of them is much longer than was asked for; what lies behind the last is read in one go.
    private IEnumerable<Part> Parts(string file)
    {
        var length = new FileInfo(file).Length;
        for (long start = 0, end; start < long.MaxValue; start = end)
        {
            end = (length - start > options.PartBytes ? NextMember(file, start + options.PartBytes) : null) ?? long.MaxValue;
            if (Math.Min(end, length) - start > 4L * options.PartBytes)
                yield break;
            yield return new(start, end);
        }
    }

    private static long? NextMember(string file, long from)
    {
        using var window = new InputWindow(Open(file, from), from);
        var trials = 0;
        return GzipMember.Find(window, ref trials) ? window.Offset : null;
    }

    private static bool IsCompressed(string file)
    {
        using var window = new InputWindow(Open(file, 0), 0);
        return GzipMember.IsCompressed(window);
    }

    private static FileStream Open(string file, long offset)
    {
        var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        stream.Seek(offset, SeekOrigin.Begin);
        return stream;
    }

    /// <summary>A part of a file, from a member with a record to another; <see cref="long.MaxValue"/> = up to the end.</summary>
    private readonly record struct Part(long Start, long End);
}
