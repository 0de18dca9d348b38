using System.Buffers;

namespace IngestPipeline.Deduplication;

/// <summary>Sorts some hundred hashes: each goes near its place by its uppermost bits, which are spread evenly, and moves there by a step or two.</summary>
internal static class HashSort
{
    private const int Parts = 256;
    private const int PartShift = 56;

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

        Span<int> next = stackalloc int[Parts];
        next.Clear();
        foreach (var hash in hashes)
            next[(int)(hash >> PartShift)]++;
        for (int part = 0, start = 0; part < Parts; part++)
            (next[part], start) = (start, start + next[part]);
        var buffer = ArrayPool<ulong>.Shared.Rent(hashes.Length);
        hashes.CopyTo(buffer);
        foreach (var hash in buffer.AsSpan(0, hashes.Length))
            hashes[next[(int)(hash >> PartShift)]++] = hash;
        ArrayPool<ulong>.Shared.Return(buffer);

        for (var i = 1; i < hashes.Length; i++)
        {
            var hash = hashes[i];
            var at = i;
            for (; at > 0 && hashes[at - 1] > hash; at--)
                hashes[at] = hashes[at - 1];
            hashes[at] = hash;
        }
    }
}
