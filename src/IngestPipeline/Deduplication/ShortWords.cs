using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Hashes words of Latin letters without accents, eight at once and letter by letter as <see cref="Fnv1a"/> does. Of one word after the other each letter would
/// wait for the one before, and the processor would foresee badly where the word ends.
/// </summary>
/// <param name="room">Room for <see cref="RoomLength"/> numbers.</param>
internal readonly ref struct ShortWords(Span<ulong> room)
{
    /// <summary>Letters of the longest word.</summary>
    public const int MostLetters = 2 * LettersAtOnce;

    /// <summary>Numbers of room.</summary>
    public const int RoomLength = 3 * Row;

    private const int LettersAtOnce = 8;
    private const int LengthBits = 8;

    // Two vectors side by side: what one waits for, the other does meanwhile.
    private const int Group = 8;
    private const int Row = WordRuns.Most + Group;

    // The first letters of each word, and then its hash; of the longer words the other letters, and which words these are.
    private readonly Span<ulong> _words = room[..Row];
    private readonly Span<ulong> _rests = room.Slice(Row, Row);
    private readonly Span<int> _longer = MemoryMarshal.Cast<ulong, int>(room.Slice(2 * Row, Row));

    // The bytes of a word's letters, by their number and eight.
    private static ReadOnlySpan<ulong> Masks =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xFFFF, 0xFF_FFFF, 0xFFFF_FFFF, 0xFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFF_FFFF_FFFF_FFFF,
        ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue,
    ];

    /// <summary>Where a word stands, and its length, in one number.</summary>
    /// <param name="start">The place of its first letter.</param>
    /// <param name="length">How many letters; 0 for a word that is not hashed here.</param>
    public static int At(int start, int length) => (start << LengthBits) | length;

    /// <summary>The letters of a word.</summary>
    public static int LengthOf(int word) => word & ((1 << LengthBits) - 1);

    /// <summary>Hashes words; what is returned is good until the next call, and says nothing of words without letters.</summary>
    /// <param name="text">The characters, of which <see cref="MostLetters"/> can be read from the start of each word.</param>
    /// <param name="words">See <see cref="At"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ReadOnlySpan<ulong> Hash(ReadOnlySpan<char> text, ReadOnlySpan<int> words)
    {
        var longer = Gather(text, words);
        var basis = Vector256.Create(Fnv1a.Basis);
        for (var i = 0; i < words.Length; i += Group)
        {
            var (a, b) = Add(basis, basis, _words[i..], _words[(i + (Group / 2))..]);
            a.CopyTo(_words[i..]);
            b.CopyTo(_words[(i + (Group / 2))..]);
        }

        Span<ulong> hashes = stackalloc ulong[Group];
        for (var i = 0; i < longer; i += Group)
        {
            var which = _longer.Slice(i, Math.Min(Group, longer - i));
            for (var k = 0; k < which.Length; k++)
                hashes[k] = _words[which[k]];
            var (a, b) = Add(Vector256.Create<ulong>(hashes), Vector256.Create<ulong>(hashes[(Group / 2)..]), _rests[i..], _rests[(i + (Group / 2))..]);
            a.CopyTo(hashes);
            b.CopyTo(hashes[(Group / 2)..]);
            for (var k = 0; k < which.Length; k++)
                _words[which[k]] = hashes[k];
        }

        return _words[..words.Length];
    }

    // How many words are longer than can be hashed at once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Gather(ReadOnlySpan<char> text, ReadOnlySpan<int> words)
    {
        var longer = 0;
        ref var characters = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var mask = ref MemoryMarshal.GetReference(Masks);
        ref var first = ref MemoryMarshal.GetReference(_words);
        ref var rest = ref MemoryMarshal.GetReference(_rests);
        ref var which = ref MemoryMarshal.GetReference(_longer);
        for (var i = 0; i < words.Length; i++)
        {
            var length = LengthOf(words[i]);
            ref var letters = ref Unsafe.Add(ref characters, words[i] >> LengthBits);
            Unsafe.Add(ref first, i) = Letters(ref letters) & Unsafe.Add(ref mask, length + LettersAtOnce);
            // Written in any case, and written over unless the word is longer: whether it is, would be foreseen badly.
            Unsafe.Add(ref rest, longer) = Letters(ref Unsafe.Add(ref letters, LettersAtOnce)) & Unsafe.Add(ref mask, length);
            Unsafe.Add(ref which, longer) = i;
            longer += length > LettersAtOnce ? 1 : 0;
        }

        return longer;
    }

    // In lower case, the first in the lowest byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Letters(ref ushort units)
    {
        var characters = Vector128.LoadUnsafe(ref units);
        return Vector128.NarrowWithSaturation(characters, characters).AsUInt64().ToScalar() | 0x2020_2020_2020_2020;
    }

    // The hashes of what is hashed so far and of the letters, up to the first that is zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<ulong> A, Vector256<ulong> B) Add(
        Vector256<ulong> a, Vector256<ulong> b, ReadOnlySpan<ulong> lettersA, ReadOnlySpan<ulong> lettersB)
    {
        var (restA, restB) = (Vector256.Create(lettersA), Vector256.Create(lettersB));
        for (var i = 0; i < LettersAtOnce; i++)
        {
            a = Add(a, restA & Vector256.Create(0xFFUL));
            b = Add(b, restB & Vector256.Create(0xFFUL));
            restA >>= 8;
            restB >>= 8;
        }

        return (a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Add(Vector256<ulong> hash, Vector256<ulong> letter) =>
        Vector256.ConditionalSelect(Vector256.Equals(letter, Vector256<ulong>.Zero), hash, (hash ^ letter) * Vector256.Create(Fnv1a.Prime));
}
