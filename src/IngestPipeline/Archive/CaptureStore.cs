using System.Globalization;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Archive;

/// <summary>Keeps the records of each logical fetch as one blob below <c>capture/</c>; a folder of them is an archive that can be replayed.</summary>
internal sealed class CaptureStore(IBlobStore store, PayloadMemory memory)
{
    /// <summary>Writes what was recorded, durably. Nothing is written for a fetch that asked nothing.</summary>
    public async Task SaveAsync(CaptureSession session, CancellationToken cancellation)
    {
        var bytes = session.ToWarc();
        if (bytes.IsEmpty || session.Date is not { } date)
            return;
        // The name holds a hash of the content: what stands there already is this.
        await store.CreateAsync(Name(date, session.Url, bytes.Span), bytes, cancellation).ConfigureAwait(false);

        // A revisit must never refer to what was not kept.
        foreach (var (url, payload) in session.Payloads)
            memory.Remember(url, payload);
    }

    private static string Name(DateTimeOffset date, string? url, ReadOnlySpan<byte> bytes)
    {
        var time = date.UtcDateTime.ToString("HHmmssfffffff", CultureInfo.InvariantCulture);
        var hash = ArticleId.Of(url + "\n" + WarcWriter.Digest(bytes));
        return $"{StoreNames.Captures}{StoreNames.Day(date)}/{time}-{hash[..16]}.warc.gz";
    }
}
