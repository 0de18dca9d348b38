using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Storage;

namespace IngestPipeline.Reports;

/// <summary>
/// Makes a static site from a store alone: the latest day at a glance, stories and copies, what was stripped, feeds, trends, and a page for
/// each article. Its bytes are a function of the store's and the options: no clock is read.
/// </summary>
public static class ReportSite
{
    /// <summary>Where a report stands within its own store.</summary>
    public const string Prefix = "reports/";

    /// <summary>Writes the report of a store to a folder. Pages of an earlier report there that are not in this one are deleted.</summary>
    /// <param name="store">The store to read.</param>
    /// <param name="folder">The folder; it is made when missing. It must be empty, or hold a report.</param>
    /// <param name="options">What the report covers.</param>
    /// <param name="progress">Told how many articles are done.</param>
    /// <param name="cancellation">Stops between pages; the next run writes what is missing.</param>
    /// <exception cref="StorageException">The store cannot be read, or the folder holds something else or cannot be written.</exception>
    public static async Task<ReportResult> WriteAsync(
        IBlobStore store, string folder, ReportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return await WriteAsync(store, FolderTarget.Open(folder), options ?? new(), progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes the report of a store into the store itself, under <see cref="Prefix"/>: only pages that changed are written.</summary>
    /// <exception cref="StorageException">The store cannot be read or written.</exception>
    public static async Task<ReportResult> PublishAsync(
        IBlobStore store, ReportOptions? options = null, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var target = await StoreTarget.OpenAsync(new PrefixedBlobStore(store, Prefix), cancellation).ConfigureAwait(false);
        return await WriteAsync(store, target, (options ?? new()) with { IsInStore = true }, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task<ReportResult> WriteAsync(
        IBlobStore store, IReportTarget target, ReportOptions options, IProgress<long>? progress, CancellationToken cancellation)
    {
        var records = await RecordStore.OpenAsync(store, cancellation).ConfigureAwait(false);
        var data = await new ReportReader(store, records, options).ReadAsync(null, cancellation).ConfigureAwait(false);
        var writer = new ReportWriter(records, data, target);
        await writer.WriteAsync(progress, cancellation).ConfigureAwait(false);
        await target.FinishAsync(cancellation).ConfigureAwait(false);
        return new(target.Location, data.Articles.Count, writer.Pages, target.Changed, data.Latest?.Name, data.Problems.Count)
        {
            Sources = JumpFinder.Recent(data.Jumps, data.Latest?.Name)
        };
    }
}
