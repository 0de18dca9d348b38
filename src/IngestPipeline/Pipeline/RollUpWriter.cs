using System.IO.Compression;
using System.Security.Cryptography;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Writes a day's records as one gzipped NDJSON file and keeps the manifest of all days.</summary>
internal sealed class RollUpWriter(IBlobStore store)
{
    private const int Tries = 5;

    // More than the last one took: a stream that grows takes several times as much.
    private int _room;

    public async Task WriteAsync(IReadOnlyCollection<string> days, CancellationToken cancellation)
    {
        if (days.Count == 0)
            return;

        var made = new List<RollUp>(days.Count);
        foreach (var day in days)
            made.Add(await WriteDayAsync(day, cancellation).ConfigureAwait(false));

        for (var left = Tries; ; left--)
        {
            var stored = await store.ReadAsync(StoreNames.RollUpManifest, cancellation).ConfigureAwait(false);
            var json = RollUp.Manifest(stored is null ? [] : RollUp.Read(stored.Content.Span), made);
            if ((await store.SwapAsync(StoreNames.RollUpManifest, json, stored?.ETag, cancellation).ConfigureAwait(false)).Written)
                break;
            if (left == 0)
                throw new StorageException($"{store.Location}: another run keeps changing {StoreNames.RollUpManifest}. Wait until it has ended, then run again.");
        }

        // A day whose records were all taken out has no roll-up; the manifest let go of it first.
        foreach (var day in made.Where(d => d.Records == 0))
            await store.DeleteAsync(StoreNames.RollUp(day.Day), cancellation: cancellation).ConfigureAwait(false);
    }

    private async Task<RollUp> WriteDayAsync(string day, CancellationToken cancellation)
    {
        using var compressed = new MemoryStream(_room);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var records = 0;
        var bytes = 0L;
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await foreach (var item in store.ListAsync(StoreNames.Records(day), cancellation).ConfigureAwait(false))
            {
                if (!StoreNames.IsRecord(item.Name) || await store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } record)
                    continue;
                gzip.Write(record.Content.Span);
                gzip.Write("\n"u8);
                hash.AppendData(record.Content.Span);
                hash.AppendData("\n"u8);
                records++;
                bytes += record.Content.Length + 1;
            }
        }

        _room = (int)(compressed.Length * 5 / 4);
        if (records > 0)
            await store.WriteBatchAsync([new(StoreNames.RollUp(day), compressed.GetBuffer().AsMemory(0, (int)compressed.Length))], cancellation).ConfigureAwait(false);
        return new(day, records, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
