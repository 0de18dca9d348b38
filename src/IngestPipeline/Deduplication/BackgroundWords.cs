using System.Buffers.Binary;
using System.Collections.Frozen;

namespace IngestPipeline.Deduplication;

/// <summary>How rare a word is in news: a frozen table, described in <c>background-words.README.md</c>.</summary>
internal static class BackgroundWords
{
    /// <summary>What a word counts that the table does not hold.</summary>
    public const int Rare = 12 * 16;

    private const int RecordLength = 5;

    private static readonly FrozenDictionary<uint, byte> Rarities = Read();

    /// <summary>Inverse document frequency of a word in sixteenths of a bit, 0 to <see cref="Rare"/>.</summary>
    public static int Rarity(uint word) => Rarities.TryGetValue(word, out var rarity) ? rarity : Rare;

    private static FrozenDictionary<uint, byte> Read()
    {
        using var stream = typeof(BackgroundWords).Assembly.GetManifestResourceStream("IngestPipeline.Deduplication.background-words.model.bin")
            ?? throw new InvalidOperationException("The table of background words is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var rarities = new Dictionary<uint, byte>(bytes.Length / RecordLength);
        for (var i = 0; i < bytes.Length; i += RecordLength)
            rarities[BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i))] = bytes[i + 4];
        return rarities.ToFrozenDictionary();
    }
}
