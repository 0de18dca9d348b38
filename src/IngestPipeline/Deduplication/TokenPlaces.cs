namespace IngestPipeline.Deduplication;

/// <summary>
/// Where the words of a text stand: of each a byte with the characters between it and the word before in the upper two bits, and its own in the lower six. For
/// the few that this is too little for a mark stands there, and both follow as varints of seven bits.
/// </summary>
/// <param name="bytes">The bytes, one for each word but for those few.</param>
internal readonly ref struct TokenPlaces(ReadOnlySpan<byte> bytes)
{
    /// <summary>The most characters between two words that fit into a byte.</summary>
    public const int MostGap = 3;

    private const int LengthBits = 6;
    private const int Mark = (1 << LengthBits) - 1;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The offset of the first word's first character, and the one behind the last word's last.</summary>
    public (int Start, int End) Extent
    {
        get
        {
            if (Bytes.IsEmpty)
                return (0, 0);
            var (at, end) = (0, 0);
            var start = Read(Bytes, ref at).Gap;
            for (at = 0; at < Bytes.Length;)
            {
                var (gap, length) = Read(Bytes, ref at);
                end += gap + length;
            }

            return (start, end);
        }
    }

    /// <summary>The most bytes that the words of a text of some length can take.</summary>
    public static int MostBytes(int words, int length) => (3 * words) + (length / 64) + 16;

    /// <summary>Writes where a word stands; returns how many bytes are written now.</summary>
    public static int Write(Span<byte> bytes, int at, int gap, int length)
    {
        if (gap <= MostGap && length < Mark)
        {
            bytes[at] = OfShort(gap, length);
            return at + 1;
        }

        bytes[at++] = Mark;
        return Write(bytes, Write(bytes, at, gap), length);
    }

    /// <summary>The byte of a short word near the one before.</summary>
    public static byte OfShort(int gap, int length) => (byte)((gap << LengthBits) | length);

    /// <summary>Writes the offsets of the words' first characters, and those behind their last ones.</summary>
    /// <param name="starts">Gets the former, as many as there are words.</param>
    /// <param name="ends">Gets the latter.</param>
    public void CopyTo(Span<int> starts, Span<int> ends)
    {
        var (at, end) = (0, 0);
        var places = Bytes;
        ends = ends[..starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            var (gap, length) = Read(places, ref at);
            starts[i] = end + gap;
            ends[i] = end = starts[i] + length;
        }
    }

    private static (int Gap, int Length) Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        int place = bytes[at++];
        if ((place & Mark) != Mark)
            return (place >> LengthBits, place & Mark);
        var reader = new CardReader(bytes[at..]);
        var (gap, length) = (reader.Int(), reader.Int());
        at = bytes.Length - reader.Left;
        return (gap, length);
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
