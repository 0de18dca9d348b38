using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Opens a store for a run: the header is made, matched, or a new run beside it prepared.</summary>
internal sealed class StoreOpening : IAsyncDisposable
{
    private readonly IBlobStore _store;
    private readonly StoreHeader? _next;
    private readonly string? _etag;
    private readonly Task<BlobWriteResult>? _making;

    private StoreOpening(
        IBlobStore store, string prefix, StoreHeader? next = null, string? etag = null, string? refusal = null, Task<BlobWriteResult>? making = null)
    {
        _store = store;
        _making = making;
        Prefix = prefix;
        _next = next;
        _etag = etag;
        Refusal = refusal;
    }

    /// <summary>Where the run writes.</summary>
    public string Prefix { get; }

    /// <summary>Why the store is not written to; null when it is.</summary>
    public string? Refusal { get; }

    /// <summary>True when it is refused because an older or newer release wrote it.</summary>
    public bool IsOtherSchema { get; private init; }

    public static async Task<StoreOpening> OpenAsync(IBlobStore store, string version, bool newRun, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false);
        if (stored is null)
        {
            var created = await store.CreateAsync(StoreNames.Header, new StoreHeader(version, "", []).ToJson(), cancellation).ConfigureAwait(false);
            if (created.Written)
                return new(store, "");
            stored = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false);
        }

        if (stored is null || StoreHeader.Read(stored.Content.Span) is not { } header)
            return new(
                store, "",
                refusal: $"{store.Location}: {StoreNames.Header} is not a store's header. Choose another --out, or remove the file if the folder is not a store.");
        if (header.PipelineVersion == version)
            return new(store, header.Prefix);
        if (StoreSchema.Refusal(store.Location, header) is { } newer)
            return new(store, "", refusal: newer) { IsOtherSchema = true };
        if (!newRun && StoreSchema.Of(header.PipelineVersion) < StoreSchema.Current)
        {
            return new(
                store, "",
                refusal: $"{store.Location}: written in an older schema ({header.PipelineVersion}). 'ingest upgrade' moves it to this release's; readers see it as it is until that is done.")
            {
                IsOtherSchema = true,
            };
        }

        if (!newRun)
        {
            var way = header.Earlier.Any(r => r.PipelineVersion == version)
                ? "to make the run that they wrote earlier current again"
                : $"to write a new run beside it (under {StoreNames.Run(version)})";
            return new(
                store, "",
                refusal: $"{store.Location}: written with pipeline version {header.PipelineVersion}; these rules and options are {version}. Add --new-run {way}, or choose another --out.");
        }

        // Readers stay with the current run until the new one is whole.
        var prefix = header.Earlier.FirstOrDefault(r => r.PipelineVersion == version)?.Prefix ?? StoreNames.Run(version);
        var earlier = header.Earlier.Where(r => r.PipelineVersion != version).Append(new(header.PipelineVersion, header.Prefix));
        var next = new StoreHeader(version, prefix, [.. earlier]);
        return new(store, next.Prefix, next, stored.ETag);
    }

    /// <summary>
    /// The same for who reads an archive first: the header of a new store is being made when this returns. Nothing may be written before
    /// <see cref="MadeAsync"/>.
    /// </summary>
    public static async Task<StoreOpening> BeginAsync(IBlobStore store, string version, bool newRun, CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is null
            ? new(store, "", making: store.CreateAsync(StoreNames.Header, new StoreHeader(version, "", []).ToJson(), cancellation))
            : await OpenAsync(store, version, newRun, cancellation).ConfigureAwait(false);

    /// <summary>The header is there.</summary>
    /// <exception cref="StorageException">It cannot be written, or another run made another meanwhile.</exception>
    public async Task MadeAsync()
    {
        if (_making is not null && !(await _making.ConfigureAwait(false)).Written)
            throw new StorageException($"{_store.Location}: another run made this store meanwhile. Run again.");
    }

    /// <summary>Waits for what is still being written, after a failure too.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_making is not null)
            await ((Task)_making).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The run is whole: a new run becomes the current one.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        if (_next is null)
            return;
        var result = await _store.ReplaceAsync(StoreNames.Header, _next.ToJson(), _etag!, cancellation).ConfigureAwait(false);
        if (!result.Written)
            throw new StorageException($"{_store.Location}: another run changed {StoreNames.Header} meanwhile. Run again.");
    }
}
