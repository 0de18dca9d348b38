using System.Buffers;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Tree;

public sealed class ParserLettersTests
{
    private const int LongPage = 50_000;

    [Fact]
    public void What_the_parser_gave_back_does_not_stay_in_the_shared_pool()
    {
        Assert.True(ParserLetters.Lend(LongPage));
        var parsers = ArrayPool<char>.Shared.Rent(LongPage);
        ArrayPool<char>.Shared.Return(parsers);
        ParserLetters.TakeBack(LongPage);

        var next = ArrayPool<char>.Shared.Rent(LongPage);
        Assert.NotSame(parsers, next);
        ArrayPool<char>.Shared.Return(next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public void Nothing_is_lent_for_a_short_page_or_an_extreme_one(int letters) => Assert.False(ParserLetters.Lend(letters));

    [Fact]
    public void A_long_page_is_read_the_same_each_time()
    {
        var html =
            string.Concat("<html><body>", string.Concat(Enumerable.Range(0, 3_000).Select(n => $"<p>Paragraph {n} of a long page</p>")), "</body></html>");
        string Read()
        {
            using var document = TreeParser.Parse(html);
            return document.Body!.TextContent();
        }

        var text = Read();

        Assert.EndsWith("Paragraph 2999 of a long page", text, StringComparison.Ordinal);
        Assert.Equal(text, Read());
    }
}
