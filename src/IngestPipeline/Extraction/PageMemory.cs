namespace IngestPipeline.Extraction;

/// <summary>
/// Memory for whole pages, as bytes, as letters and as numbers. The framework's shared pool keeps an array of each size for each thread that ever worked on a page, some
/// 100 MB after a thousand pages, and the collector lets as much garbage stand beside it; this one keeps no more than is used at once.
/// </summary>
internal static class PageMemory
{
    // Hardly a page is longer; those that are, are thrown away.
    private const int Longest = 1 << 22;

    // A page takes two of letters: as it was decoded, and without what nobody reads.
    private static readonly int AtOnce = 2 * Environment.ProcessorCount;

    /// <summary>For bodies.</summary>
    public static PagePool<byte> Bytes { get; } = new(Longest, AtOnce);

    /// <summary>For what is measured of a page's blocks.</summary>
    public static PagePool<int> Numbers { get; } = new(Longest, AtOnce);

    /// <summary>For text.</summary>
    public static PagePool<char> Letters { get; } = new(Longest, AtOnce);
}
