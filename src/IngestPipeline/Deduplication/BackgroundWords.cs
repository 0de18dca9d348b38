using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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

    // Open addressing: the word's hash and, where it is not zero, its rarity plus one.
    private static readonly (uint Word, byte Rarity)[] Table = Read();

    /// <summary>Inverse document frequency of a word in sixteenths of a bit, 0 to <see cref="Rare"/>.</summary>
    public static int Rarity(uint word)
    {
        for (var at = (int)(word & (Slots - 1)); ; at = (at + 1) & (Slots - 1))
        {
            var (found, rarity) = Table[at];
            if (rarity == 0)
                return Rare;
            if (found == word)
                return rarity - 1;
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
            Sse.Prefetch0(Unsafe.AsPointer(ref Table[word & (Slots - 1)]));
    }

    private static (uint Word, byte Rarity)[] Read()
    {
        using var stream = typeof(BackgroundWords).Assembly.GetManifestResourceStream("IngestPipeline.Deduplication.background-words.model.bin")
            ?? throw new InvalidOperationException("The table of background words is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var table = new (uint Word, byte Rarity)[Slots];
        for (var i = 0; i < bytes.Length; i += RecordLength)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i));
            var at = (int)(word & (Slots - 1));
            while (table[at].Rarity != 0)
                at = (at + 1) & (Slots - 1);
            table[at] = (word, (byte)(bytes[i + 4] + 1));
        }

        return table;
    }
}
