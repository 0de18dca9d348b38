using IngestPipeline.Archive.Index;

namespace IngestPipeline.Archive;

/// <summary>What a scan found: one of the three.</summary>
/// <param name="Entry">A capture.</param>
/// <param name="Mark">A live run's mark.</param>
/// <param name="Learned">What a live run's sites had taught.</param>
internal readonly record struct Scanned(CaptureEntry? Entry = null, ArchivedMark? Mark = null, string? Learned = null)
{
    /// <summary>Adds it to an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="before">Decompressed bytes of the file before where its scan began.</param>
    public void AddTo(CaptureIndex index, long before)
    {
        if (Entry is { } entry)
            index.Add(entry with { Capture = entry.Capture with { Position = before + entry.Capture.Position } });
        else if (Mark is { } mark)
            index.AddMark(mark);
        else if (Learned is { } learned)
            index.AddLearned(learned);
    }
}
