using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class TextMemoryTests
{
    [Fact]
    public void Texts_in_one_memory_are_the_texts_that_have_their_own()
    {
        var memory = new TextMemory();
        var random = new Random(3);
        var texts = Enumerable.Range(0, 300)
            .Select(_ => string.Concat(Enumerable.Repeat("Twelve of Korsund’s boats. ", random.Next(0, 1 << random.Next(12)))))
            .ToList();

        var kept = texts.ConvertAll(text => TokenizedText.From(text, memory));

        for (var i = 0; i < texts.Count; i++)
        {
            var own = TokenizedText.From(texts[i]);
            Assert.Equal(own.Hashes.ToArray(), kept[i].Hashes.ToArray());
            Assert.Equal(own.Kinds.ToArray(), kept[i].Kinds.ToArray());
            Assert.Equal(own.Places.Bytes.ToArray(), kept[i].Places.Bytes.ToArray());
        }
    }
}
