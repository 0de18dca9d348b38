using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Looks at a stretch of text 64 characters at a time and tells by bits its runs: what stands between spaces and such punctuation as belongs to no word.
/// Most runs are a word of Latin letters without accents; the others are not looked into.
/// </summary>
/// <param name="room">Room for <see cref="RoomLength"/> numbers.</param>
internal ref struct WordRuns(Span<ulong> room)
{
    /// <summary>Characters looked at in one go.</summary>
    public const int Most = Blocks * BlockLength;

    /// <summary>Numbers of room.</summary>
    public const int RoomLength = (Most + BlockLength) * sizeof(ushort) / sizeof(ulong);

    private const int Blocks = 8;
    private const int BlockLength = 64;
    private const int MarkBit = 15;

    private readonly Span<ushort> _edges = MemoryMarshal.Cast<ulong, ushort>(room);

    /// <summary>The number of whole runs.</summary>
    public int Count { get; private set; }

    /// <summary>The place of a run's first character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Start(int run) => Edge(2 * run) & ~(1 << MarkBit);

    /// <summary>The place behind a run's last character.</summary>
    public readonly int End(int run) => _edges[(2 * run) + 1] & ~(1 << MarkBit);

    /// <summary>1 when a sentence ended between the run before and a run, as far as the text was looked at; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int StartsSentence(int run) => Edge(2 * run) >> MarkBit;

    /// <summary>The characters of a run of nothing but Latin letters without accents; of any other more than a stretch has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Letters(int run) => Edge((2 * run) + 1) - Start(run);

    /// <summary>Looks at up to <see cref="Most"/> characters, of which the first stands behind no word.</summary>
    /// <param name="text">The characters.</param>
    /// <param name="isLast">True when the text ends with them; else a run that may go on is left out.</param>
    public void Read(scoped ReadOnlySpan<char> text, bool isLast)
    {
        var edges = 0;
        ref var first = ref MemoryMarshal.GetReference(_edges);
        var (inRun, afterDigit, other, ended) = (0UL, 0UL, 0UL, 0UL);
        Span<char> rest = stackalloc char[BlockLength];
        for (var block = 0; block * BlockLength < text.Length; block++)
        {
            scoped var characters = text[(block * BlockLength)..];
            if (characters.Length < BlockLength)
            {
                rest.Fill(' ');
                characters.CopyTo(rest);
                characters = rest;
            }

            var units = MemoryMarshal.Cast<char, ushort>(characters);
            var (letters, digits, others, points, ends) = Half(units);
            var (letters2, digits2, others2, points2, ends2) = Half(units[(BlockLength / 2)..]);
            letters |= letters2 << (BlockLength / 2);
            digits |= digits2 << (BlockLength / 2);
            others |= others2 << (BlockLength / 2);
            points |= points2 << (BlockLength / 2);
            ends |= ends2 << (BlockLength / 2);

            // A point or comma behind a digit may belong to a number.
            others |= digits | (points & ((digits << 1) | afterDigit));
            afterDigit = digits >> (BlockLength - 1);
            var runs = letters | others;
            var gaps = ~runs;
            // Added to the whole run or gap, a bit in it carries over to the place behind its end.
            var marks = (Add(runs, others, ref other) & gaps) | (Add(gaps, ends & gaps, ref ended) & runs);
            var edge = runs ^ ((runs << 1) | inRun);
            inRun = runs >> (BlockLength - 1);
            for (; edge != 0; edge &= edge - 1)
            {
                var at = BitOperations.TrailingZeroCount(edge);
                Unsafe.Add(ref first, edges++) = (ushort)(((block * BlockLength) + at) | ((int)(marks >> at) << MarkBit));
            }
        }

        if (isLast && (edges & 1) != 0)
            _edges[edges++] = (ushort)(text.Length | (1 << MarkBit));
        Count = edges / 2;
    }

    // Of a run that there is: no check of bounds, as it is asked for three times a word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ushort Edge(int at) => Unsafe.Add(ref MemoryMarshal.GetReference(_edges), at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Letters, ulong Digits, ulong Others, ulong Points, ulong Ends) Half(ReadOnlySpan<ushort> units)
    {
        var c = Vector256.NarrowWithSaturation(Vector256.Create(units), Vector256.Create(units[Vector256<ushort>.Count..]));
        var letters = Vector256.LessThanOrEqual((c | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)('z' - 'a')));
        var digits = Vector256.LessThanOrEqual(c - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        var others = c | Is(c, '\'') | Is(c, '"') | Is(c, '\n');
        var point = Is(c, '.');
        var ends = point | Is(c, '!') | Is(c, '?') | Is(c, ':') | Is(c, '(');
        return (Bits(letters), Bits(digits), Bits(others), Bits(point | Is(c, ',')), Bits(ends));
    }

    private static Vector256<byte> Is(Vector256<byte> characters, char c) => Vector256.Equals(characters, Vector256.Create((byte)c));

    private static ulong Bits(Vector256<byte> bytes) => bytes.ExtractMostSignificantBits();

    private static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        var sum = a + b;
        var all = sum + carry;
        carry = (sum < a ? 1UL : 0) | (all < sum ? 1UL : 0);
        return all;
    }
}
