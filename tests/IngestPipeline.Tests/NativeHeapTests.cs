using System.Runtime.InteropServices;

namespace IngestPipeline.Tests;

public sealed class NativeHeapTests
{
    [Fact]
    public void Large_blocks_are_memory_of_their_own_though_a_larger_one_was_freed()
    {
        // Another C library than glibc has no such setting.
        if (!NativeHeap.KeepLargeBlocksApart())
            return;

        // By default blocks of up to so many bytes would be taken from the common heap from here on. They are larger than any room that other tests left in it.
        Marshal.FreeHGlobal(Marshal.AllocHGlobal(30 << 20));
        var blocks = Enumerable.Range(0, 4).Select(_ => Marshal.AllocHGlobal(24 << 20)).ToList();

        // Memory of its own begins with a page, and the block behind its head; blocks cut out of the heap stand anywhere.
        Assert.All(blocks, block => Assert.Equal(2 * nint.Size, block % Environment.SystemPageSize));
        blocks.ForEach(Marshal.FreeHGlobal);
    }
}
