using System.Runtime.CompilerServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Where the words of a text stand: for each the characters between it and the word before, and its own, as varints of seven bits, which take two bytes
/// a word and seldom more.
/// </summary>
/// <param name="bytes">The varints, two for each word.</param>
internal readonly ref struct TokenPlaces(ReadOnlySpan<byte> bytes)
{
    /// <summary>The largest number that takes one byte.</summary>
    public const int MostOfByte = 0x7F;

    /// <summary>The varints.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The offset of the first word's first character, and the one behind the last word's last.</summary>
    public (int Start, int End) Extent
    {
        get
        {
            var reader = new CardReader(Bytes);
            var start = reader.Int();
            var end = start;
            while (!reader.IsAtEnd)
                end += reader.Int();
            return (start, end);
        }
    }

    /// <summary>The most bytes that the words of a text of some length can take.</summary>
    public static int MostBytes(int words, int length) => (2 * words) + (length / 64) + 16;

    /// <summary>Writes a word's varints; returns how many bytes are written now.</summary>
    public static int Write(Span<byte> bytes, int at, int gap, int length) => Write(bytes, Write(bytes, at, gap), length);

    /// <summary>Writes a word's varints where each takes one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte bytes, int gap, int length) => (bytes, Unsafe.Add(ref bytes, 1)) = ((byte)gap, (byte)length);

    /// <summary>Writes the offsets of the words' first characters, and those behind their last ones.</summary>
    /// <param name="starts">Gets the former, as many as there are words.</param>
    /// <param name="ends">Gets the latter.</param>
    public void CopyTo(Span<int> starts, Span<int> ends)
    {
        var (at, end) = (0, 0);
        var varints = Bytes;
        ends = ends[..starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            int gap = varints[at], length = varints[at + 1];
            if ((gap | length) <= MostOfByte)
            {
                at += 2;
            }
            else
            {
                var reader = new CardReader(varints[at..]);
                (gap, length) = (reader.Int(), reader.Int());
                at = varints.Length - reader.Left;
            }

            starts[i] = end + gap;
            ends[i] = end = starts[i] + length;
        }
    }

    private static int Write(Span<byte> bytes, int at, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
            bytes[at++] = (byte)(rest | 0x80);
        bytes[at++] = (byte)rest;
        return at;
    }
}
