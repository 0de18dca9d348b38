using System.Globalization;
using System.Text;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class TokenizedTextTests
{
    [Theory]
    [InlineData("The mayor's plan", "the MAYOR’S plan!")]
    [InlineData("rose 24,239.02 points", "rose 24239.02 points")]
    [InlineData("seven people", "7 people")]
    [InlineData("Tor\u00F8 cafe\u0301", "Tor\u00F8 caf\u00E9")]
    [InlineData("soft\u00ADware", "software")]
    [InlineData("one — two, three", "one two three")]
    public void Spellings_of_one_text_give_the_same_tokens(string a, string b) =>
        Assert.Equal(TokenizedText.From(a).Hashes.ToArray(), TokenizedText.From(b).Hashes.ToArray());

    [Theory]
    [InlineData("rose 2.5 points", "rose 25 points")]
    [InlineData("Pick 3-4", "Pick 34")]
    [InlineData("it is so", "it is no")]
    public void Other_facts_give_other_tokens(string a, string b) =>
        Assert.NotEqual(TokenizedText.From(a).Hashes.ToArray(), TokenizedText.From(b).Hashes.ToArray());

    [Theory]
    [InlineData("港口委员会批准", 7)]
    [InlineData("ภาษาไทย", 7)]
    [InlineData("ニュース速報", 6)]
    [InlineData("서울 시장", 2)]
    [InlineData("", 0)]
    [InlineData(" .,!\n", 0)]
    public void Scripts_without_spaces_give_a_token_a_character(string text, int count) => Assert.Equal(count, TokenizedText.From(text).Count);

    [Fact]
    public void Number_in_Chinese_characters_is_one_token()
    {
        var text = TokenizedText.From("株価は二百十四円高で一方");

        Assert.Equal(9, text.Count);
        Assert.Single(text.Kinds.ToArray(), k => (k & TokenKinds.Number) != TokenKinds.None);
        var (starts, ends) = text.ReadPlaces();
        Assert.Equal(4, ends[3] - starts[3]);
    }

    [Fact]
    public void No_sign_makes_a_text_throw_when_it_is_normalised()
    {
        foreach (var sign in new[] { '\uFFFE', '\uFFFF', '\uD800', '\uDC00', '\0', '\u202E' })
        {
            Assert.NotNull(TokenizedText.Normalize($"caf\u0065\u0301 {sign} end"));
            Assert.NotNull(IngestPipeline.Pipeline.FeedPlainText.Of($"caf\u0065\u0301 {sign} end"));
        }

        Assert.Equal("a \uFFFD b", IngestPipeline.Pipeline.FeedPlainText.Of("a &#xFFFE; b"));
    }

    [Fact]
    public void Kinds_tell_numbers_names_quotes_and_starts_apart()
    {
        var kinds = TokenizedText.From("The mayor of Korsund said “we lost 40 boats” there.\n\nThen").Kinds;

        Assert.Equal(TokenKinds.Capital | TokenKinds.SentenceStart | TokenKinds.ParagraphStart, kinds[0]);
        Assert.Equal(TokenKinds.Capital, kinds[3]);
        Assert.Equal(TokenKinds.Number | TokenKinds.Quoted, kinds[7]);
        Assert.Equal(TokenKinds.None, kinds[9]);
        Assert.Equal(TokenKinds.Capital | TokenKinds.SentenceStart | TokenKinds.ParagraphStart, kinds[10]);
    }

    [Fact]
    public void Tokens_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(TokenizedText.From("title in istanbul").Hashes.ToArray(), TokenizedText.From("TITLE IN ISTANBUL").Hashes.ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Any_string_is_tokenized_within_its_bounds()
    {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var chars = new char[random.Next(0, 60)];
            for (var i = 0; i < chars.Length; i++)
                chars[i] = (char)(random.Next(4) == 0 ? random.Next(0xD800, 0xE000) : random.Next(4) == 0 ? random.Next(128) : random.Next(0x10000));
            var made = new string(chars);
            var text = TokenizedText.From(made);

            Assert.Equal(text.Count, text.Kinds.Length);
            var (starts, ends) = text.ReadPlaces();
            Assert.Equal(text.Count == 0 ? (0, 0) : (starts[0], ends[^1]), text.Count == 0 ? (0, 0) : text.Places.Extent);
            for (var token = 0; token < text.Count; token++)
            {
                Assert.True(ends[token] > starts[token] && ends[token] <= TokenizedText.Normalize(made).Length);
                Assert.True(token == 0 || starts[token] >= ends[token - 1]);
            }
        }
    }

    [Fact]
    public void Longest_text_is_cut_at_the_limit()
    {
        var text = new StringBuilder();
        for (var i = 0; i < TokenizedText.MaxTokens + 100; i++)
            text.Append("word ");

        Assert.Equal(TokenizedText.MaxTokens, TokenizedText.From(text.ToString()).Count);
    }
}
