using System.Runtime.InteropServices;

namespace IngestPipeline.Records;

/// <summary>Where the line of a decision stands in its segment, and what must be known of it without reading it; 32 bytes as they lie in memory.</summary>
/// <param name="Id">64 bits of the hash of the article's id.</param>
/// <param name="Canonical">The same of its canonical article's id.</param>
/// <param name="Seen">When the article was first seen, in UTC ticks; the greatest value when unknown.</param>
/// <param name="Offset">The line's first byte.</param>
/// <param name="Length">Its bytes without the line's end; below zero when it takes the article out.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct DecisionPlace(ulong Id, ulong Canonical, long Seen, uint Offset, int Length)
{
    /// <summary>True when the line says that the article was taken out.</summary>
    public bool IsRemoval => Length < 0;
}
