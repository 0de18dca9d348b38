using IngestPipeline.Storage;

namespace IngestPipeline.Reports;

/// <summary>Writes a report into a store, a batch at a time; what the manifest already names with the same hash is left alone.</summary>
internal sealed class StoreTarget : IReportTarget
{
    private const int BatchFiles = 256;

    private readonly IBlobStore _store;
    private readonly Dictionary<string, string> _before;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<BlobWrite> _batch = new(BatchFiles);

    private StoreTarget(IBlobStore store, Dictionary<string, string> before)
    {
        _store = store;
        _before = before;
    }

    public string Location => _store.Location + "/" + ReportSite.Prefix;

    public int Changed { get; private set; }

    public static async Task<StoreTarget> OpenAsync(IBlobStore store, CancellationToken cancellation)
    {
        var manifest = await store.ReadAsync(ReportManifest.Name, cancellation).ConfigureAwait(false);
        return new(
            store,
            manifest is null ? [] : ReportManifest.Read(manifest.Content.Span)?.Where(f => BlobName.IsValid(f.Key)).ToDictionary(StringComparer.Ordinal) ?? []);
    }

    public async ValueTask WriteAsync(string name, byte[] content, CancellationToken cancellation)
    {
        var hash = FolderTarget.ContentHash(content);
        _files[name] = hash;
        if (_before.GetValueOrDefault(name) == hash)
            return;
        _batch.Add(new(name, content));
        if (_batch.Count >= BatchFiles)
            await FlushAsync(cancellation).ConfigureAwait(false);
    }

    public async Task FinishAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        // The manifest first: a page that it no longer names may be deleted at any time, also by the next report.
        await _store.WriteBatchAsync([new(ReportManifest.Name, ReportManifest.Write(_files))], cancellation).ConfigureAwait(false);
        foreach (var name in _before.Keys.Where(n => !_files.ContainsKey(n)))
            await _store.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (_batch.Count == 0)
            return;
        Changed += await _store.WriteBatchAsync([.. _batch], cancellation).ConfigureAwait(false);
        _batch.Clear();
    }
}
