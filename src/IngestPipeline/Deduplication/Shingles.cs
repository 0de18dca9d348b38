using System.Buffers;

namespace IngestPipeline.Deduplication;

/// <summary>Word shingles and the anchors that winnowing picks from them.</summary>
/// <remarks>Winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.</remarks>
internal static class Shingles
{
    /// <summary>Tokens of a shingle.</summary>
    public const int Size = 5;

    /// <summary>Every run of this many shingles that two texts share has a shared anchor.</summary>
    public const int Window = 36;

    /// <summary>Shingles at the start of a text that take more anchors: a teaser is the beginning of a report.</summary>
    public const int Head = 200;

    /// <summary>Every run of this many shingles in the heads of two texts has a shared anchor.</summary>
    public const int HeadWindow = 14;

    /// <summary>Texts of up to this many shingles take each shingle as an anchor, as reports made to a form differ in single words only.</summary>
    public const int DenseUpTo = 220;

    private const ulong Base = 0x9E3779B97F4A7C15;

    /// <summary>The number of shingles of a text. A text shorter than a shingle has one shingle.</summary>
    public static int CountOf(int tokens) => tokens == 0 ? 0 : tokens - Math.Min(Size, tokens) + 1;

    /// <summary>The hash of each shingle, by the position of its first token.</summary>
    public static uint[] Of(ReadOnlySpan<uint> tokens)
    {
        var shingles = GC.AllocateUninitializedArray<uint>(CountOf(tokens.Length));
        Fill(tokens, shingles);
        return shingles;
    }

    /// <summary>Writes what <see cref="Of"/> returns.</summary>
    public static void Fill(ReadOnlySpan<uint> tokens, Span<uint> shingles)
    {
        var size = Math.Min(Size, tokens.Length);
        var leaving = 1UL;
        for (var i = 1; i < size; i++)
            leaving *= Base;

        var rolling = 0UL;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (i >= size)
                rolling -= tokens[i - size] * leaving;
            rolling = (rolling * Base) + tokens[i];
            if (i >= size - 1)
                shingles[i - size + 1] = Mix(rolling);
        }
    }

    /// <summary>The positions of the anchors, in order.</summary>
    public static int[] Anchors(ReadOnlySpan<uint> shingles)
    {
        if (shingles.Length <= DenseUpTo)
        {
            var all = new int[shingles.Length];
            for (var i = 0; i < all.Length; i++)
                all[i] = i;
            return all;
        }

        // The head's own anchors stand at places before and among the text's; each place counts once.
        var buffer = ArrayPool<int>.Shared.Rent(3 * shingles.Length);
        var head = Winnow(shingles[..Head], HeadWindow, buffer);
        var text = Winnow(shingles, Window, buffer.AsSpan(head));
        var merged = buffer.AsSpan(head + text);
        var count = Merge(buffer.AsSpan(0, head), buffer.AsSpan(head, text), merged);
        var anchors = merged[..count].ToArray();
        ArrayPool<int>.Shared.Return(buffer);
        return anchors;
    }

    // Both ascend; returns how many different ones there are.
    private static int Merge(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> merged)
    {
        int count = 0, i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            var next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            i += i < a.Length && a[i] == next ? 1 : 0;
            j += j < b.Length && b[j] == next ? 1 : 0;
            merged[count++] = next;
        }

        return count;
    }

    // The last of the least in each window; returns how many there are.
    private static int Winnow(ReadOnlySpan<uint> shingles, int window, Span<int> places)
    {
        var count = 0;
        var least = -1;
        for (var end = window - 1; end < shingles.Length; end++)
        {
            var start = end - window + 1;
            if (least < start)
            {
                least = start;
                for (var i = start + 1; i <= end; i++)
                {
                    if (shingles[i] <= shingles[least])
                        least = i;
                }
            }
            else if (shingles[end] <= shingles[least])
            {
                least = end;
            }

            if (count == 0 || places[count - 1] != least)
                places[count++] = least;
        }

        return count;
    }

    private static uint Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (uint)(value >> 32);
    }
}
