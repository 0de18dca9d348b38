namespace IngestPipeline.Extraction;

/// <summary>
/// Memory for whole pages, as bytes, as letters and as numbers. The framework's shared pool keeps an array of each size for each thread that ever worked on a
/// page, some 100 MB after a thousand pages, and the collector lets as much garbage stand beside it; this one keeps no more than is used at once.
/// </summary>
internal static class PageMemory
{
    // Hardly a page is longer; those that are, are thrown away.
    private const int Longest = 1 << 22;

    private static readonly int AtOnce = 2 * Environment.ProcessorCount;

    /// <summary>For bodies, and for how far a page's elements are from others.</summary>
    public static PagePool<byte> Bytes { get; } = new(Longest, AtOnce);

    /// <summary>For what is measured of a page's blocks.</summary>
    public static PagePool<int> Numbers { get; } = new(Longest, AtOnce);

    /// <summary>For the words of a page's blocks.</summary>
    public static PagePool<ulong> Words { get; } = new(Longest, Environment.ProcessorCount);

    /// <summary>For text. A page takes three: as it was decoded, without what nobody reads, and its blocks' letters.</summary>
    public static PagePool<char> Letters { get; } = new(Longest, 3 * Environment.ProcessorCount);
}
