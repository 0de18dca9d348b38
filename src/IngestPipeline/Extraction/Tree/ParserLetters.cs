using System.Buffers;
using System.Numerics;

namespace IngestPipeline.Extraction.Tree;

/// <summary>
/// AngleSharp takes an array as long as the page from the framework's shared pool, which keeps one of each size for each thread, and lets all of them go when
/// the collector looks at everything. So a longer page's array comes from memory of our own: it is laid into the shared pool before the parser asks, and taken
/// out again when the parser has given it back. Where the shared pool hands out another one, that is as good.
/// </summary>
internal static class ParserLetters
{
    // Shorter arrays are no large objects.
    private const int Modest = 1 << 15;

    // Hardly a page is longer without what nobody reads.
    private const int Longest = 1 << 21;

    private static readonly PagePool<char>[] Pools =
        [.. Enumerable.Range(0, BitOperations.Log2(Longest) + 1).Select(_ => new PagePool<char>(Longest, Environment.ProcessorCount))];

    /// <summary>Before a page of so many letters is parsed on this thread; true when <see cref="TakeBack"/> must follow, on this thread, too.</summary>
    public static bool Lend(int letters)
    {
        if (letters is <= Modest or > Longest)
            return false;
        var size = BitOperations.RoundUpToPowerOf2((uint)letters);
        ArrayPool<char>.Shared.Return(Pools[BitOperations.Log2(size)].Rent((int)size));
        return true;
    }

    /// <summary>After the parser has given its array back.</summary>
    public static void TakeBack(int letters)
    {
        var array = ArrayPool<char>.Shared.Rent(letters);
        Pools[BitOperations.Log2((uint)array.Length)].Return(array);
    }
}
