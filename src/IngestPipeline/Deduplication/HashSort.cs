using System.Buffers;

namespace IngestPipeline.Deduplication;

/// <summary>Sorts some hundred hashes: each goes near its place by its uppermost bits, which are spread evenly, and moves there by a step or two.</summary>
internal static class HashSort
{
    private const int UppermostByte = 56;

    // Of fewer, counting costs more than it saves; of more, too many would share a part, and chosen texts many more.
    private const int Least = 32;
    private const int Most = 2048;

    /// <summary>Sorts hashes, ascending.</summary>
    public static void Sort(Span<ulong> hashes)
    {
        if (hashes.Length is < Least or > Most)
        {
            hashes.Sort();
            return;
        }

        var buffer = ArrayPool<ulong>.Shared.Rent(hashes.Length);
        hashes.CopyTo(buffer);
        ByteOrder.Scatter(buffer.AsSpan(0, hashes.Length), hashes, stackalloc int[ByteOrder.Values], UppermostByte);
        ArrayPool<ulong>.Shared.Return(buffer);
        ByteOrder.Insert(hashes);
    }
}
