using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private const ulong MixerA = 0xBF58476D1CE4E5B9;
    private const ulong MixerB = 0x94D049BB133111EB;

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
        // Of four shingles at once each sums up its own tokens; of one after the other each would wait for the one before.
        var i = 0;
        ref var first = ref MemoryMarshal.GetReference(tokens);
        for (; i + Size - 1 + Vector128<uint>.Count <= tokens.Length; i += Vector128<uint>.Count)
        {
            var sum = Vector256<ulong>.Zero;
            for (var k = 0; k < Size; k++)
                sum = (sum * Vector256.Create(Base)) + Vector256.WidenLower(Vector128.LoadUnsafe(ref first, (nuint)(i + k)).ToVector256Unsafe());
            sum = (sum ^ (sum >> 30)) * Vector256.Create(MixerA);
            sum = ((sum ^ (sum >> 27)) * Vector256.Create(MixerB)) >> 32;
            Vector256.Narrow(sum, sum).GetLower().CopyTo(shingles[i..]);
        }

        var size = Math.Min(Size, tokens.Length);
        for (; i + size <= tokens.Length && size > 0; i++)
        {
            var sum = 0UL;
            foreach (var token in tokens.Slice(i, size))
                sum = (sum * Base) + token;
            shingles[i] = Mix(sum);
        }
    }

    /// <summary>The positions of the anchors, in order; returns how many there are.</summary>
    /// <param name="shingles">The shingles.</param>
    /// <param name="anchors">Gets the positions; as long as there are shingles.</param>
    public static int Anchors(ReadOnlySpan<uint> shingles, Span<int> anchors)
    {
        if (shingles.Length <= DenseUpTo)
        {
            for (var i = 0; i < shingles.Length; i++)
                anchors[i] = i;
            return shingles.Length;
        }

        // The head's own anchors stand at places before and among the text's; each place counts once.
        var buffer = ArrayPool<int>.Shared.Rent(2 * shingles.Length);
        var head = Winnow(shingles[..Head], HeadWindow, buffer);
        var text = Winnow(shingles, Window, buffer.AsSpan(head));
        var count = Merge(buffer.AsSpan(0, head), buffer.AsSpan(head, text), anchors);
        ArrayPool<int>.Shared.Return(buffer);
        return count;
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

    // The last of the least in each window; returns how many there are. What is least is told of many windows at once, and its place looked for only where it
    // is another than in the window before, or what comes in.
    private static int Winnow(ReadOnlySpan<uint> shingles, int window, Span<int> places)
    {
        var windows = shingles.Length - window + 1;
        var buffer = ArrayPool<uint>.Shared.Rent(shingles.Length + Vector256<uint>.Count);
        var least = buffer.AsSpan(0, shingles.Length + Vector256<uint>.Count);
        shingles.CopyTo(least);
        least[shingles.Length..].Fill(uint.MaxValue);
        var size = 1;
        for (; 2 * size <= window; size *= 2)
            TakeLess(least, size);
        TakeLess(least, window - size);

        places[0] = shingles[..window].LastIndexOf(least[0]);
        var (count, start) = (1, 1);
        ref var first = ref MemoryMarshal.GetReference(least);
        for (; start + Vector256<uint>.Count <= windows; start += Vector256<uint>.Count)
        {
            var now = Vector256.LoadUnsafe(ref first, (nuint)start);
            var before = Vector256.LoadUnsafe(ref first, (nuint)(start - 1));
            var changed = ~Vector256.Equals(now, before) | Vector256.Equals(now, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(shingles), (nuint)(start + window - 1)));
            for (var bits = changed.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                places[count++] = Place(shingles, least, start + BitOperations.TrailingZeroCount(bits), window);
        }

        for (; start < windows; start++)
        {
            if (least[start] != least[start - 1] || least[start] == shingles[start + window - 1])
                places[count++] = Place(shingles, least, start, window);
        }

        ArrayPool<uint>.Shared.Return(buffer);
        return count;
    }

    // The least of each number and the one so many places on.
    private static void TakeLess(Span<uint> numbers, int distance)
    {
        ref var first = ref MemoryMarshal.GetReference(numbers);
        for (var i = 0; i + distance + Vector256<uint>.Count <= numbers.Length; i += Vector256<uint>.Count)
            Vector256.Min(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.LoadUnsafe(ref first, (nuint)(i + distance))).StoreUnsafe(ref first, (nuint)i);
    }

    // Of the last of the least in a window.
    private static int Place(ReadOnlySpan<uint> shingles, ReadOnlySpan<uint> least, int start, int window)
    {
        var last = start + window - 1;
        return shingles[last] == least[start] ? last : start + shingles.Slice(start, window).LastIndexOf(least[start]);
    }

    private static uint Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * MixerA;
        value = (value ^ (value >> 27)) * MixerB;
        return (uint)(value >> 32);
    }
}
