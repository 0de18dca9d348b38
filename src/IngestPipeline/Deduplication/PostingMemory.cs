using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Memory of a table's pages, which the collector knows nothing of. It would have to mark and move some hundred megabytes of them ever again, since pages that
/// grow leave as much garbage among its old objects as a window has postings.
/// </summary>
/// <param name="count">Pages, all empty at first.</param>
/// <remarks>Who reads a page keeps this object alive until it is done.</remarks>
internal sealed unsafe class PostingMemory(int count)
{
    // What the allocator keeps beside a block.
    private const int BytesBeside = 8;

    private readonly Page[] _pages = new Page[count];

    /// <summary>Frees the pages of a table that nobody uses any more.</summary>
    [SuppressMessage(
        "Design", "MA0055:Do not use finalizer", Justification = "A window is dropped and not closed: everything that holds one would have to be disposed of.")]
    ~PostingMemory()
    {
        foreach (var page in _pages)
            NativeMemory.Free(page.Start);
    }

    /// <summary>The number of pages.</summary>
    public int Count => _pages.Length;

    /// <summary>Bytes of all pages, and of what is kept beside them.</summary>
    public long Bytes => _pages.Sum(p => (long)p.Length + (p.Length > 0 ? BytesBeside : 0)) + (_pages.LongLength * sizeof(Page));

    /// <summary>A page; empty where there is none.</summary>
    public Span<byte> this[int number]
    {
        get
        {
            ref readonly var page = ref _pages[number];
            return new(page.Start, page.Length);
        }
    }

    /// <summary>How many postings a page has.</summary>
    public ref int PostingsOf(int number) => ref _pages[number].Postings;

    /// <summary>Memory for a page, not cleared; <see cref="Replace"/> must follow.</summary>
    public static Span<byte> Make(int bytes) => new(NativeMemory.Alloc((nuint)bytes), bytes);

    /// <summary>Puts a page in the place of another, whose memory is freed.</summary>
    /// <param name="number">The place.</param>
    /// <param name="made">What <see cref="Make"/> gave; nothing = there is no page any more.</param>
    public void Replace(int number, Span<byte> made)
    {
        ref var page = ref _pages[number];
        NativeMemory.Free(page.Start);
        page.Start = Unsafe.AsPointer(ref MemoryMarshal.GetReference(made));
        page.Length = made.Length;
    }

    private struct Page
    {
        public void* Start;
        public int Length;
        public int Postings;
    }
}
