using IngestPipeline.Archive;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Reads every capture to its end: what was fetched can be replayed.</summary>
internal sealed class CaptureCheck(IBlobStore root, Findings findings)
{
    private const string Remedy = "put it back from a backup; without it a replay lacks what it holds, and what stands in records stays";

    /// <returns>How many captures there are.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var captures = 0;
        await foreach (var item in root.ListAsync(StoreNames.Captures, cancellation).ConfigureAwait(false))
        {
            if (await root.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } stored)
                continue;
            captures++;
            if (Fault(item.Name, stored.Content) is { } what)
                findings.ByHand(StoreInvariant.Complete, item.Name, "this capture is damaged: " + what, Remedy);
        }

        return captures;
    }

    private static string? Fault(string name, ReadOnlyMemory<byte> warc)
    {
        using var reader = WarcReader.Open(new MemoryStream(warc.ToArray(), writable: false), name);
        var records = 0;
        foreach (var record in reader.Records())
        {
            record.Block.CopyTo(Stream.Null);
            records++;
        }

        return reader.Faults.Count > 0 ? reader.Faults[0].What : records == 0 ? "it holds nothing" : null;
    }
}
