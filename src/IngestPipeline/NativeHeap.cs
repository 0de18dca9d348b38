using System.Runtime.InteropServices;

namespace IngestPipeline;

/// <summary>The C library's heap, from which compressors, SQLite and the pages of postings take their memory.</summary>
public static partial class NativeHeap
{
    // M_MMAP_THRESHOLD of mallopt(3), and what it is at first.
    private const int MmapThreshold = -3;
    private const int LargeBlock = 128 * 1024;

    /// <summary>
    /// Lets blocks of 128 KiB or more be memory of their own for good, given back when they are freed. Left to itself glibc cuts them out of the common heap
    /// once one was freed: small blocks that live long come to stand in the room that it left, so that the next needs more. A replay's memory grew by 5 MB for
    /// 1,000 pages so, by one compressor a day.
    /// </summary>
    /// <returns>False where the C library has no such setting.</returns>
    public static bool KeepLargeBlocksApart()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return MalloptCall(MmapThreshold, LargeBlock) != 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Gives back to the system what was freed among blocks that live on: 13 ms for some 40 MB.</summary>
    /// <returns>False where the C library cannot, or where there was nothing.</returns>
    public static bool GiveBack()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return TrimCall(0) != 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimCall(nuint left);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MalloptCall(int parameter, int value);
}
