using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>
/// The record in the capture that holds what the sites had taught when a live run's day began. What came in late had no part in it then, and has
/// none in a replay: the replay goes by this record.
/// </summary>
internal static class LearnedMark
{
    private const string Urn = "urn:ingest:learned:";

    /// <summary>Makes sure that a memory's mark is in the capture.</summary>
    public static Task WriteAsync(IBlobStore store, SiteMemory memory, CancellationToken cancellation) =>
        CaptureMark.WriteAsync(
            store, $"{StoreNames.Captures}{memory.Day}/000000000000-{memory.PipelineVersion}{CaptureMark.Learned.Ending}", Entry(memory), cancellation);

    /// <summary>A memory's record.</summary>
    public static WarcEntry Entry(SiteMemory memory) =>
        CaptureMark.Record(SiteMemory.Start(memory.Day), $"{Urn}{memory.PipelineVersion}:{memory.Day}", memory.Content);

    /// <summary>True for the record of a mark.</summary>
    public static bool Is(string? type, string? targetUri) => type == "metadata" && targetUri?.StartsWith(Urn, StringComparison.Ordinal) == true;

    /// <summary>The memory of a mark; null when it cannot be read.</summary>
    public static string? TryRead(ReadOnlySpan<byte> block) => SiteMemory.Read(block.ToArray()) is null ? null : Encoding.UTF8.GetString(block);
}
