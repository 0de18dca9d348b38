using System.Runtime.CompilerServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Where the words of a text stand: for each the characters between it and the word before, and its own, as varints of seven bits, which take two bytes
/// a word and seldom more.
/// </summary>
/// <param name="bytes">The varints, two for each word.</param>
/// <param name="count">The number of words.</param>
internal sealed class TokenPlaces(byte[] bytes, int count)
{
    private int[]? _starts;
    private int[]? _ends;

    /// <summary>The largest number that takes one byte.</summary>
    public const int MostOfByte = 0x7F;

    /// <summary>The places of no words.</summary>
    public static TokenPlaces None { get; } = new([], 0);

    /// <summary>The number of words.</summary>
    public int Count => count;

    /// <summary>The varints.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The offset of each word's first character; worked out once.</summary>
    public int[] Starts => _starts ?? Read().Starts;

    /// <summary>The offset behind each word's last character; worked out once.</summary>
    public int[] Ends => _ends ?? Read().Ends;

    /// <summary>The most bytes that the words of a text of some length can take.</summary>
    public static int MostBytes(int words, int length) => (2 * words) + (length / 64) + 16;

    /// <summary>Writes a word's varints; returns how many bytes are written now.</summary>
    public static int Write(Span<byte> bytes, int at, int gap, int length) => Write(bytes, Write(bytes, at, gap), length);

    /// <summary>Writes a word's varints where each takes one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(ref byte bytes, int gap, int length) => (bytes, Unsafe.Add(ref bytes, 1)) = ((byte)gap, (byte)length);

    /// <summary>Writes the words' offsets, without keeping them.</summary>
    public void CopyTo(Span<int> starts, Span<int> ends)
    {
        var reader = new CardReader(bytes);
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            starts[i] = end + reader.Int();
            ends[i] = end = starts[i] + reader.Int();
        }
    }

    private (int[] Starts, int[] Ends) Read()
    {
        var (starts, ends) = (new int[count], new int[count]);
        CopyTo(starts, ends);
        return (_starts = starts, _ends = ends);
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
