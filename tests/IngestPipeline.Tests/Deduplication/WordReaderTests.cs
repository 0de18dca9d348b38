using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class WordReaderTests
{
    // What words are made of, and what stands between them, as often as it takes to meet in every way.
    private static readonly string[] Parts =
    [
        "the", "a", "Minister", "twelve", "Seven", "said", "characteristically", "sixteenletterxyz", "seventeenletters", "eightlet", "ninelette", "12",
        "24,239.02", "3.", "B2B", "don't", "’s", "été",
        "Ünal", "中文", "一百二十", "Москва", "\uD83D\uDE00", "２５", "٨٤", "٣٫٥", "๘๔", "ﬁnal", "ＡＢＣ", "e\u0301", "co\u00ADop", "x", "@", "[", "`", "{", "_",
    ];

    private static readonly string[] Gaps = [" ", " ", " ", " ", " ", ", ", ". ", "! ", "? (", ": ", "\n", "\n\n", " \"", "\" ", " “", "” ", " – ", "\t", "", "-", "; ", "'", "  ", "\u00A0", "...", ".5"];

    [Fact]
    public void Words_read_many_at_once_are_the_words_read_one_by_one()
    {
        var random = new Random(8);
        for (var round = 0; round < 3000; round++)
        {
            var (parts, gaps) = (random.Next(2) == 0 ? 6 : Parts.Length, random.Next(2) == 0 ? 8 : Gaps.Length);
            var text = string.Concat(Enumerable.Range(0, random.Next(10, 400)).Select(_ => Parts[random.Next(parts)] + Gaps[random.Next(gaps)]));

            Same(text, text.Length);
            Same(text, random.Next(1, text.Length));
        }
    }

    [Fact]
    public void Stretches_without_the_end_of_a_word_are_read_too()
    {
        foreach (var filler in new[] { new string(' ', 2000), new string('字', 1500), new string('.', 1100), new string('x', 1300), new string('7', 1000), string.Concat(Enumerable.Repeat("1,", 900)) })
        {
            Same(filler, filler.Length);
            Same("One report. " + filler + " Two words" + filler, 3000);
            Same(filler + "\n\nThe end.", 5000);
        }
    }

    private static void Same(string text, int capacity) => Assert.Equal(Words(text, capacity, WordReader.ReadPlainly), Words(text, capacity, WordReader.Read));

    private static string Words(string text, int capacity, Func<string, uint[], TokenKinds[], byte[], int, (int Count, int Bytes)> read)
    {
        var (hashes, kinds, places) = (new uint[capacity + 5], new TokenKinds[capacity + 5], new byte[TokenPlaces.MostBytes(capacity, text.Length)]);
        var (count, bytes) = read(text, hashes, kinds, places, capacity);
        var words = Math.Max(count, 0);
        return $"{text}\n{count} {bytes}\n{string.Join(' ', hashes.Take(words))}\n{string.Join(' ', kinds.Take(words))}\n{string.Join(' ', places.Take(bytes))}";
    }
}
