using System.Buffers.Binary;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class BackgroundWordsTests
{
    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_table_whose_words_stand_too_far_from_their_places_is_refused(int wordsOfOnePlace, bool fits)
    {
        // A word's hash and its rarity: their hashes have the same lower half.
        var table = new byte[wordsOfOnePlace * 5];
        for (var i = 0; i < wordsOfOnePlace; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(i * 5), (uint)(i << 16) | 7);

        var problem = Record.Exception(() => BackgroundWords.Read(table));

        Assert.Equal(fits, problem is null);
        Assert.True(fits || problem is InvalidOperationException);
    }
}
