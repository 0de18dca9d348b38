using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
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
        for (var number = 1; number <= manifest.Viewed; number++)
        {
            var name = StoreNames.Changes(number);
            var segment = manifest.Segments.FirstOrDefault(s => s.IsSingle && s.First == number);
            var wanted = segment is null ? null : await WantedAsync(number, segment, cancellation).ConfigureAwait(false);
            var found = await run.ReadAsync(name, cancellation).ConfigureAwait(false);
            if (found is not null && IsWhole(number, found.Content, wanted))
                continue;

            var what = found is null ? "a part of the changes log is missing" : "a part of the changes log is damaged";
            if (wanted is not null)
            {
                await findings.RepairableAsync(
                    StoreInvariant.Derived, name, what, "write it anew from its publication",
                    async () => await run.WriteBatchAsync([new(name, await WithOthersAsync(number, segment!, cancellation).ConfigureAwait(false))], cancellation)
                        .ConfigureAwait(false)).ConfigureAwait(false);
            }
            else
            {
                findings.ByHand(
                    StoreInvariant.Derived, name, what + ", and its publication is no longer apart from others",
                    "consumers that have not read past it: read all records once");
            }
        }
    }

    private async Task<byte[]?> WantedAsync(int number, DecisionSegment segment, CancellationToken cancellation) =>
        await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false) is { } blob && ContentTag.Of(blob.Content.Span) == segment.Sha256
            ? ChangeLog.Segment(number, DecisionLines.Read(blob.Content), [])
            : null;

    // Lines about canonical articles that were not decided about say what stood then: what was published until then tells.
    private async Task<byte[]> WithOthersAsync(int number, DecisionSegment segment, CancellationToken cancellation)
    {
        var decisions = DecisionLines.Read(await DecisionBlobs.ReadAsync(run, segment, cancellation).ConfigureAwait(false));
        var others = ChangeLog.Touched(decisions);
        others.ExceptWith(decisions.Select(d => d.Id));
        var latest = new SortedDictionary<string, PublishedDecision>(StringComparer.Ordinal);
        foreach (var before in manifest.Segments.Where(s => s.Last < number))
        {
            foreach (var decision in DecisionLines.Read(await DecisionBlobs.ReadAsync(run, before, cancellation).ConfigureAwait(false)))
            {
                if (others.Contains(decision.Id))
                    latest[decision.Id] = decision;
            }
        }

        return ChangeLog.Segment(number, decisions, [.. latest.Values.Where(d => !d.IsRemoval)]);
    }

    // Of what was forgotten since, the log still has a line, and the publication none. Earlier releases wrote none about others than those decided about.
    private static bool IsWhole(int number, ReadOnlyMemory<byte> found, byte[]? wanted)
    {
        try
        {
            var lines = JsonLines.Split(found)
                .Select(l => RecordChange.Read(l.Span, number) is null ? "" : Encoding.UTF8.GetString(l.Span))
                .ToHashSet(StringComparer.Ordinal);
            return found.Length > 0 && found.Span[^1] == '\n' && JsonLines.Split(wanted).All(l => lines.Contains(Encoding.UTF8.GetString(l.Span)));
        }
        catch (StorageException e) when (e.IsDamage)
        {
            return false;
        }
    }

    private async Task RollUpsAsync(CancellationToken cancellation)
    {
        var withRecords = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var item in run.ListAsync(StoreNames.AllRecords, cancellation).ConfigureAwait(false))
        {
            if (StoreNames.IsRecord(item.Name))
                withRecords.Add(item.Name.Split('/')[^2]);
        }

        IReadOnlyList<RollUp> days;
        var stored = await run.ReadAsync(StoreNames.RollUpManifest, cancellation).ConfigureAwait(false);
        try
        {
            days = stored is null ? [] : RollUp.Read(stored.Content.Span);
        }
        catch (StorageException e) when (e.IsDamage)
        {
            await findings.RepairableAsync(
                StoreInvariant.Complete,
                StoreNames.RollUpManifest,
                "it cannot be read: cut off or overwritten",
                "write it and the roll-ups of all days anew from the records",
                () => RollUpAgainAsync(withRecords, cancellation)).ConfigureAwait(false);
            return;
        }

        foreach (var day in withRecords.Except(days.Select(d => d.Day), StringComparer.Ordinal).Except(manifest.BehindDays, StringComparer.Ordinal))
        {
            // The view that is behind is told of elsewhere, and its days are rolled up with it.
            if (manifest.Viewed < manifest.Published)
                break;
            await findings.RepairableAsync(
                StoreInvariant.Complete,
                StoreNames.RollUp(day),
                "there are records of this day, and no roll-up that shows them",
                "write it from the day's records",
                () => new RollUpWriter(run).WriteAsync([day], cancellation)).ConfigureAwait(false);
        }

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

    private async Task RollUpAgainAsync(IReadOnlyCollection<string> days, CancellationToken cancellation)
    {
        await run.DeleteAsync(StoreNames.RollUpManifest, cancellation: cancellation).ConfigureAwait(false);
        await new RollUpWriter(run).WriteAsync(days, cancellation).ConfigureAwait(false);
    }

    private async Task<string> RecordsHashAsync(string day, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in run.ListAsync(StoreNames.Records(day), cancellation).ConfigureAwait(false))
        {
            if (!StoreNames.IsRecord(item.Name) || await run.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } record)
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
