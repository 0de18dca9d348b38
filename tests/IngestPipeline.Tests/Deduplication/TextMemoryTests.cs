using System.Runtime.CompilerServices;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class TextMemoryTests
{
    private const int Blocks = 50;

    [Fact]
    public void Texts_in_one_memory_are_the_texts_that_have_their_own()
    {
        var memory = new TextMemory();
        var random = new Random(3);
        var texts = Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Repeat("Twelve of Korsund’s boats. ", random.Next(0, 1 << random.Next(12))))).ToList();

        var kept = texts.ConvertAll(text => TokenizedText.From(text, memory));

        for (var i = 0; i < texts.Count; i++)
        {
            var own = TokenizedText.From(texts[i]);
            Assert.Equal(own.Hashes.ToArray(), kept[i].Hashes.ToArray());
            Assert.Equal(own.Kinds.ToArray(), kept[i].Kinds.ToArray());
            Assert.Equal(own.Places.Bytes.ToArray(), kept[i].Places.Bytes.ToArray());
        }
    }

    [Fact]
    public void Block_that_nobody_holds_is_given_to_the_next_and_one_that_a_text_stands_in_is_not()
    {
        var (kept, gone) = KeepFew();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var taken = Enumerable.Range(0, 2 * Blocks).Select(_ => TextBlock.Take()).ToList();
        taken.ForEach(block => Array.Fill(block.Numbers, 7U));

        Assert.Contains(taken, block => gone.Contains(block.Numbers));
        Assert.Equal(taken.Count, taken.Select(block => block.Numbers).Distinct().Count());
        foreach (var (number, text) in kept)
            Assert.Equal(TokenizedText.From(Text(number)).Hashes.ToArray(), text.Hashes.ToArray());
    }

    private static string Text(int number) => string.Concat(Enumerable.Range(0, 1000).Select(i => FormattableString.Invariant($"boat{number} sailed{i} ")));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (List<(int Number, TokenizedText Text)> Kept, HashSet<uint[]> Gone) KeepFew()
    {
        var memory = new TextMemory();
        var texts = Enumerable.Range(0, 4 * Blocks).Select(i => (Number: i, Text: TokenizedText.From(Text(i), memory))).ToList();
        var gone = Enumerable.Range(0, Blocks).Select(_ => TextBlock.Take().Numbers).ToHashSet();
        return (texts.FindAll(t => t.Number % 40 == 0), gone);
    }
}
