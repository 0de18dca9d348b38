using IngestPipeline.Archive;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Finds again what was captured in a span of time: a worker that died after a capture and before its effect is made good from that capture, as a
/// replay would, and not by asking the web once more.
/// </summary>
internal sealed class CaptureLookup(IBlobStore store, string? temporaryFolder)
{
    /// <summary>The captures of a span as an archive; null when there are none.</summary>
    public async Task<CapturedSpan?> OpenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var folder = WorkFolder.Create(temporaryFolder);
        try
        {
            var (found, payloads) = (0, new SortedSet<DateTimeOffset>());
            for (var day = from.UtcDateTime.Date; day <= to.UtcDateTime.Date; day = day.AddDays(1))
                found += await CopyAsync(new DateTimeOffset(day, TimeSpan.Zero), from, to, folder.Path, payloads, cancellation).ConfigureAwait(false);
            if (found == 0)
            {
                folder.Dispose();
                return null;
            }

            // What was the same as before is kept where it came first.
            foreach (var date in payloads.Where(d => d < from))
                await CopyAsync(new DateTimeOffset(date.UtcDateTime.Date, TimeSpan.Zero), date, date, folder.Path, [], cancellation).ConfigureAwait(false);

            var archive = await WebArchive.OpenAsync([folder.Path], new() { TemporaryFolder = temporaryFolder }, cancellation).ConfigureAwait(false);
            return new(archive, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private async Task<int> CopyAsync(
        DateTimeOffset day, DateTimeOffset from, DateTimeOffset to, string folder, SortedSet<DateTimeOffset> payloads, CancellationToken cancellation)
    {
        var (first, last) = (from > day ? StoreNames.CaptureTime(from) : "", to < day.AddDays(1) ? StoreNames.CaptureTime(to) : "~");
        var prefix = $"{StoreNames.Captures}{StoreNames.Day(day)}/";
        // A span within one hour needs no other hour listed.
        var hour = first.Length > 0 && StoreNames.CaptureTime(to)[..2] == first[..2] ? first[..2] : "";
        var found = 0;
        await foreach (var item in store.ListAsync(prefix + hour, cancellation).ConfigureAwait(false))
        {
            var name = item.Name[prefix.Length..];
            if (CaptureMark.IsName(name))
                continue;
            if (string.CompareOrdinal(name, 0, first, 0, first.Length) < 0 || string.CompareOrdinal(name, 0, last, 0, last.Length) > 0)
                continue;
            if (await store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } blob)
                continue;
            Directory.CreateDirectory(Path.Combine(folder, StoreNames.Day(day)));
            await File.WriteAllBytesAsync(Path.Combine(folder, StoreNames.Day(day), name), blob.Content, cancellation).ConfigureAwait(false);
            payloads.UnionWith(Payloads(blob.Content));
            found++;
        }

        return found;
    }

    private static IEnumerable<DateTimeOffset> Payloads(ReadOnlyMemory<byte> warc)
    {
        using var reader = WarcReader.Open(new MemoryStream(warc.ToArray()), "capture");
        return [.. reader.Records().Where(r => r.Type == "revisit").Select(r => WarcDate.Parse(r.Field("WARC-Refers-To-Date"))).OfType<DateTimeOffset>()];
    }
}
