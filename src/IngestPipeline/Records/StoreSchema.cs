using System.Globalization;
using IngestPipeline.Storage;

namespace IngestPipeline.Records;

/// <summary>
/// The schema number of a store, the first part of its pipeline version. It counts shapes: it is raised whenever an article, a record, a decision or a
/// manifest gains or loses a field, or a field changes its meaning. Other rules, models or options are the version's other part.
/// </summary>
public static class StoreSchema
{
    /// <summary>What this release writes. Older ones are read; <c>ingest upgrade</c> moves them on.</summary>
    public const int Current = 2;

    /// <summary>The schema number of a pipeline version such as <c>2-0f3a9c55d1e2</c>; null when it names none.</summary>
    public static int? Of(string pipelineVersion)
    {
        ArgumentNullException.ThrowIfNull(pipelineVersion);
        var end = pipelineVersion.IndexOf('-', StringComparison.Ordinal);
        return end > 0 && int.TryParse(pipelineVersion.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The same rules, models and options in this release's schema.</summary>
    public static string Upgraded(string pipelineVersion)
    {
        ArgumentNullException.ThrowIfNull(pipelineVersion);
        return string.Create(CultureInfo.InvariantCulture, $"{Current}{pipelineVersion[pipelineVersion.IndexOf('-', StringComparison.Ordinal)..]}");
    }

    /// <summary>Why a store cannot be read, in one line; null when it can.</summary>
    public static string? Refusal(string location, StoreHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Of(header.PipelineVersion) is { } schema && schema > Current
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{location}: written by a newer release, in schema {schema}; this one knows {Current}. Install the newer release.")
            : null;
    }

    /// <exception cref="StorageException">The store is newer than this release.</exception>
    internal static StoreHeader Readable(string location, StoreHeader header) =>
        Refusal(location, header) is { } refusal ? throw new StorageException(refusal) { IsOtherVersion = true } : header;

    /// <summary>What to throw where a store was named and none is.</summary>
    internal static StorageException NotAStore(string location) =>
        new($"{location}: there is no store here (no {StoreNames.Header}); name one that 'ingest replay' or 'ingest run' wrote.");
}
