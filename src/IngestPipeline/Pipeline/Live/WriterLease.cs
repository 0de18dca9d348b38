using System.Security.Cryptography;
using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Says that somebody else than the deduplication writes the decisions of a run for a while, so that it waits instead of racing. What keeps decisions
/// right is the manifest's compare-and-swap; this only saves work. One that is not renewed ends by itself.
/// </summary>
internal sealed class WriterLease : IAsyncDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(2);

    private readonly IBlobStore _root;
    private readonly string _name;
    private readonly TimeProvider _time;
    private DateTimeOffset _taken;
    private string? _etag;

    private WriterLease(IBlobStore root, string name, TimeProvider time, DateTimeOffset taken, string etag) =>
        (_root, _name, _time, _taken, _etag) = (root, name, time, taken, etag);

    /// <summary>Takes the lease; null while another has it.</summary>
    public static async Task<WriterLease?> TryTakeAsync(IBlobStore root, string version, TimeProvider time, CancellationToken cancellation)
    {
        var name = StoreNames.Writer(version);
        var now = time.GetUtcNow();
        var stored = await root.ReadAsync(name, cancellation).ConfigureAwait(false);
        if (stored is not null && Until(stored) > now)
            return null;
        var written = await root.SwapAsync(name, Json(now), stored?.ETag, cancellation).ConfigureAwait(false);
        return written.Written ? new(root, name, time, now, written.ETag!) : null;
    }

    /// <summary>True while somebody has the lease.</summary>
    public static async Task<bool> IsTakenAsync(IBlobStore root, string version, TimeProvider time, CancellationToken cancellation) =>
        await root.ReadAsync(StoreNames.Writer(version), cancellation).ConfigureAwait(false) is { } stored && Until(stored) > time.GetUtcNow();

    /// <summary>Keeps the lease.</summary>
    /// <exception cref="StorageException">Another took it, since this one was away for too long.</exception>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (now - _taken < RenewAfter)
            return;
        var written = await _root.ReplaceAsync(_name, Json(now), _etag!, cancellation).ConfigureAwait(false);
        if (!written.Written)
        {
            _etag = null;
            throw new StorageException($"{_root.Location}: another run took over {_name}. The message comes again.");
        }

        (_etag, _taken) = (written.ETag, now);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_etag is not null)
            await _root.DeleteAsync(_name, _etag, CancellationToken.None).ConfigureAwait(false);
    }

    private static DateTimeOffset Until(StoredBlob blob)
    {
        try
        {
            return RecordJson.Time(RecordJson.Text(JsonElement.Parse(blob.Content.Span), "until")) ?? DateTimeOffset.MinValue;
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            // One that nobody can read nobody has; the manifest's ETag tells two writers apart in any case.
            return DateTimeOffset.MinValue;
        }
    }

    private static byte[] Json(DateTimeOffset now) => RecordJson.Object(json =>
    {
        json.WriteString("until", RecordJson.Time(now + Length));
        // Two that come at one moment write different bytes: only one of them has written.
        json.WriteString("holder", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
    });
}
