using System.IO.Compression;
using System.Security.Cryptography;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks the changes log for gaps and the roll-ups against their manifest and the records.</summary>
internal sealed class DerivedCheck(IBlobStore run, DecisionManifest manifest, Findings findings)
{
    private const long MostUnpacked = 4L << 30;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ChangesAsync(cancellation).ConfigureAwait(false);
        await RollUpsAsync(cancellation).ConfigureAwait(false);
    }

    private async Task ChangesAsync(CancellationToken cancellation)
    {
        var next = 1;
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in run.ListAsync("changes/", cancellation).ConfigureAwait(false))
            names.Add(item.Name);
        for (; next <= manifest.Viewed; next++)
        {
            if (names.Contains(StoreNames.Changes(next)))
                continue;
            var segment = manifest.Segments.FirstOrDefault(s => s.IsSingle && s.First == next);
            var number = next;
            if (segment is not null)
            {
                await findings.RepairableAsync(
                    StoreInvariant.Derived,
                    StoreNames.Changes(number),
                    "a part of the changes log is missing",
                    "write it anew from its publication",
                    () => WriteChangesAsync(number, segment, cancellation)).ConfigureAwait(false);
            }
            else
            {
                findings.ByHand(StoreInvariant.Derived, StoreNames.Changes(number), "a part of the changes log is missing, and its publication was joined with others", "consumers that have not read past it: read all records once");
            }
        }
    }

    private async Task WriteChangesAsync(int number, DecisionSegment segment, CancellationToken cancellation)
    {
        if (await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) is { } blob)
            await run.WriteBatchAsync([new(StoreNames.Changes(number), ChangeLog.Segment(number, DecisionLines.Read(blob.Content)))], cancellation).ConfigureAwait(false);
    }

    private async Task RollUpsAsync(CancellationToken cancellation)
    {
        var stored = await run.ReadAsync(StoreNames.RollUpManifest, cancellation).ConfigureAwait(false);
        var days = stored is null ? [] : RollUp.Read(stored.Content.Span);
        foreach (var day in days)
        {
            var name = StoreNames.RollUp(day.Day);
            // The manifest knows which days are behind; the next publication catches up.
            if (manifest.BehindDays.Contains(day.Day, StringComparer.Ordinal))
                continue;
            var blob = await run.ReadAsync(name, cancellation).ConfigureAwait(false);
            var what = blob is null ? "the roll-up is missing, though its manifest names it"
                : Hash(blob.Content) != day.Sha256 ? "the roll-up is damaged: its content is not what its manifest names"
                : await RecordsHashAsync(day.Day, cancellation).ConfigureAwait(false) != day.Sha256 ? "the roll-up does not show the day's records as they are"
                : null;
            if (what is not null)
            {
                await findings.RepairableAsync(
                    StoreInvariant.Complete,
                    name,
                    what,
                    "write it anew from the day's records",
                    () => new RollUpWriter(run).WriteAsync([day.Day], cancellation)).ConfigureAwait(false);
            }
        }
    }

    private async Task<string> RecordsHashAsync(string day, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in run.ListAsync(StoreNames.Records(day), cancellation).ConfigureAwait(false))
        {
            if (await run.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } record)
                continue;
            hash.AppendData(record.Content.Span);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? Hash(ReadOnlyMemory<byte> compressed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(compressed.ToArray(), writable: false), CompressionMode.Decompress);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[1 << 16];
            var total = 0L;
            for (int n; (n = gzip.Read(buffer)) > 0 && (total += n) < MostUnpacked;)
                hash.AppendData(buffer, 0, n);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
