namespace IngestPipeline.Reports;

/// <summary>Where a report's files go: a folder, or the store itself.</summary>
internal interface IReportTarget
{
    string Location { get; }

    /// <summary>Files that were written, as they were missing or different.</summary>
    int Changed { get; }

    /// <summary>Writes a file, now or with the next ones. Calls do not overlap.</summary>
    ValueTask WriteAsync(string name, byte[] content, CancellationToken cancellation);

    /// <summary>Writes what is left, deletes what an earlier report had and this one has not, and names what is there now.</summary>
    Task FinishAsync(CancellationToken cancellation);
}
