using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace IngestPipeline.Deduplication;

/// <summary>How rare a word is in news: a frozen table, described in <c>background-words.README.md</c>.</summary>
internal static class BackgroundWords
{
    /// <summary>What a word counts that the table does not hold.</summary>
    public const int Rare = 12 * 16;

    /// <summary>
    /// Share of an article's words that the table must know. In a language that it does not know every function word would pass for a rare one, and
    /// all articles for one story.
    /// </summary>
    public const double LeastKnown = 0.6;

    private const int RecordLength = 5;
    private const int Slots = 1 << 16;

    // A word's distance from its own place has eight bits.
    private const uint OnePlace = 1 << 8;

    // Open addressing by a hash's lower half. Of a word its upper half, then how far from its place it stands, then its rarity plus one; 0 for none. Eight bytes
    // a word would take twice as much of the processor's caches.
    private static readonly uint[] Table = Read();

    /// <summary>Inverse document frequency of a word in sixteenths of a bit, 0 to <see cref="Rare"/>.</summary>
    public static int Rarity(uint word)
    {
        var (table, entry) = (Table, Entry(word));
        for (var at = word; ; at++)
        {
            var found = table[at & (Slots - 1)];
            if (found == 0)
                return Rare;
            if (found - entry <= byte.MaxValue)
                return (byte)found - 1;
            entry += OnePlace;
        }
    }

    /// <summary>True when the table knows enough of a text's words.</summary>
    public static bool Know(TokenizedText text)
    {
        var needed = (int)Math.Ceiling(LeastKnown * text.Count);
        foreach (var word in text.Hashes)
        {
            if (needed <= 0)
                break;
            needed -= Rarity(word) < Rare ? 1 : 0;
        }

        return needed <= 0;
    }

    /// <summary>Asks the processor for a word's entry, so that <see cref="Rarity"/> need not wait for it.</summary>
    public static unsafe void Fetch(uint word)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Table), word & (Slots - 1))));
    }

    // What stands in the table of a word at its place, but for its rarity.
    private static uint Entry(uint word) => word & ~(Slots - 1U);

    private static uint[] Read()
    {
        using var stream = typeof(BackgroundWords).Assembly.GetManifestResourceStream("IngestPipeline.Deduplication.background-words.model.bin")
            ?? throw new InvalidOperationException("The table of background words is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes);
    }

    /// <summary>The table of records: a word's hash, its rarity.</summary>
    internal static uint[] Read(ReadOnlySpan<byte> bytes)
    {
        var table = new uint[Slots];
        for (var i = 0; i < bytes.Length; i += RecordLength)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]);
            var (at, entry) = (word, Entry(word));
            for (; table[at & (Slots - 1)] != 0; at++)
                entry += OnePlace;
            if (at - word > byte.MaxValue)
                throw new InvalidOperationException($"A background word stands {at - word} places from its own: the table needs more slots.");
            table[at & (Slots - 1)] = entry + bytes[i + 4] + 1;
        }

        return table;
    }
}
