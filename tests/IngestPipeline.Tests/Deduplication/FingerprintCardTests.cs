using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class FingerprintCardTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Card_gives_back_the_article_that_it_was_written_of(bool withTerms)
    {
        var document =
            Texts.Document("é1", "“Zwölf” 24,239.02 \U0001F600 東京で \n\n" + Texts.Report(1), "Outlet", 5) with { Language = "en-GB", Url = null, Agency = "" };
        var print = new Fingerprint(document);
        var terms = withTerms ? new TermVectorBuilder().Build(print) : null;

        var card = FingerprintCard.Write(print, terms);
        // What follows a card in its file may be read along.
        var read = FingerprintCard.Read([.. card, 7, 7, 7]);
        var readTerms = FingerprintCard.ReadTerms(card);

        Assert.True(read.IsOf(document));
        Assert.Equal((print.TextKey, print.FamilyKey, print.Agency, print.ShingleCount), (read.TextKey, read.FamilyKey, read.Agency, read.ShingleCount));
        Assert.Equal(print.Text.Hashes.ToArray(), read.Text.Hashes.ToArray());
        Assert.Equal(print.Text.Kinds.ToArray(), read.Text.Kinds.ToArray());
        Assert.Equal(print.Text.Places.Bytes.ToArray(), read.Text.Places.Bytes.ToArray());
        Assert.Equal(print.AnchorHashes, read.AnchorHashes);
        Assert.Equal(terms?.Terms.ToArray(), readTerms?.Terms.ToArray());
        Assert.Equal(terms?.Keys.ToArray(), readTerms?.Keys.ToArray());
        Assert.Equal(terms?.Cosine(terms), readTerms?.Cosine(terms!));
    }

    [Fact]
    public void Cards_are_read_back_whether_they_are_in_the_file_yet_or_not()
    {
        using var file = new TemporaryCards(null);
        var random = new Random(5);
        var cards = Enumerable.Range(0, 300).Select(i => new byte[i == 150 ? 1_500_000 : random.Next(1, 20_000)]).ToList();
        cards.ForEach(random.NextBytes);

        var places = cards.ConvertAll(c => file.Append(c));

        for (var i = 0; i < cards.Count; i++)
            Assert.True(file.Read(places[i]).StartsWith(cards[i]));
    }

    // Few homes, so that runs of taken slots are long.
    private static ulong Key(int number) => ((ulong)(uint)(number % 37) << 32) | (uint)number;

    [Fact]
    public void Table_of_ids_finds_what_a_plain_dictionary_finds_after_any_adds_and_removes()
    {
        var random = new Random(8);
        const int Most = 4_000;
        var heads = new ArticleHeads();
        for (var number = 0; number < Most; number++)
            heads.Hold(number);
        var table = new IdTable(heads);
        var plain = new Dictionary<ulong, int>();
        for (var step = 0; step < 20_000; step++)
        {
            var number = random.Next(Most);
            var key = Key(number);
            if (plain.Remove(key))
            {
                table.Remove(number);
            }
            else
            {
                heads[number].IdKey = key;
                table.Add(number);
                plain[key] = number;
            }
        }

        for (var number = 0; number < Most; number++)
        {
            var key = Key(number);
            Assert.Equal(plain.GetValueOrDefault(key, -1), table.Find(key));
        }
    }
}
