using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Archive;

/// <summary>Keeps the records of each logical fetch as one blob below <c>capture/</c>; a folder of them is an archive that can be replayed.</summary>
internal sealed class CaptureStore(IBlobStore store, PayloadMemory memory, TimeProvider time) : IDisposable
{
    private readonly TombstoneCache _forgotten = new(store, time);
    private readonly EntryContents _contents = new(new());

    /// <summary>Writes what was recorded, durably. Nothing is written for a fetch that asked nothing.</summary>
    /// <param name="session">What was recorded.</param>
    /// <param name="until">When it is too late to keep it; null = never.</param>
    /// <param name="cancellation">Stops before it is written.</param>
    /// <returns>False when it was too late, and nothing was kept.</returns>
    public async Task<bool> SaveAsync(CaptureSession session, DateTimeOffset? until, CancellationToken cancellation)
    {
        var bytes = session.ToWarc();
        if (bytes.IsEmpty || session.Date is not { } date)
            return true;
        var left = await WithoutForgottenAsync(bytes, cancellation).ConfigureAwait(false);
        // Right before the write: a worker may stand still at anything that comes before it.
        if (until <= time.GetUtcNow())
            return false;
        // The name holds a hash of the content: what stands there already is this.
        if (!left.IsEmpty)
            await store.CreateAsync(Name(date, session.Url, left.Span), left, cancellation).ConfigureAwait(false);

        // A revisit must never refer to what was not kept.
        foreach (var (url, payload) in session.Payloads)
            memory.Remember(url, payload);
        return true;
    }

    public void Dispose()
    {
        _contents.Dispose();
        _forgotten.Dispose();
    }

    // A feed goes on listing what was forgotten for as long as its publisher wants.
    private async Task<ReadOnlyMemory<byte>> WithoutForgottenAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var ids = await _forgotten.ReadAsync(cancellation).ConfigureAwait(false);
        if (ids.Count == 0)
            return bytes;
        return await new CaptureRedactor(ids, _contents).RedactAsync(bytes, isOneFetch: true, cancellation).ConfigureAwait(false) is { } redacted
            ? redacted.Left
            : bytes;
    }

    private static string Name(DateTimeOffset date, string? url, ReadOnlySpan<byte> bytes) =>
        StoreNames.Capture(date, ArticleId.Of(url + "\n" + WarcWriter.Digest(bytes)));
}
