using System.Text;
using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Tests.Records;

public sealed class RecordJsonTests
{
    private static readonly string[] Parts = ["a", " ", "\n", "\"", "\\", "\u0001", "é", "語", "😀", "plain words that need no escape"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_text_written_in_pieces_is_the_same_as_in_one(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 200; n++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 9000); text.Length < length;)
                text.Append(Parts[random.Next(Parts.Length)]);

            var pieces = RecordJson.Object(json => RecordJson.Text(json, "text", text.ToString()));
            var one = RecordJson.Object(json => json.WriteString("text", text.ToString()));

            Assert.True(pieces.AsSpan().SequenceEqual(one));
            Assert.Equal(text.ToString(), JsonDocument.Parse(pieces).RootElement.GetProperty("text").GetString());
        }
    }
}
