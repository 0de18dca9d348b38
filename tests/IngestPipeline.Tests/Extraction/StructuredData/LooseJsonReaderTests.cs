using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Tests.Extraction.StructuredData;

public sealed class LooseJsonReaderTests
{
    [Theory]
    [InlineData("""{"headline": "Rain over the islands", "n": 3}""", "Rain over the islands")]
    [InlineData("{\"headline\": \"Rain\nover\tthe islands\",}", "Rain\nover\tthe islands")]
    [InlineData("""{"headline": "The "quiet" harbour", "n": 3}""", """The "quiet" harbour""")]
    [InlineData("""{"n": 3 "headline": "No comma before it"}""", "No comma before it")]
    [InlineData("""{"n": "3" "headline": "No comma after a string"}""", "No comma after a string")]
    [InlineData("""<!-- <![CDATA[ */ {"headline": "Wrapped"} // ]]> -->""", "Wrapped")]
    [InlineData("""/*<![CDATA[*/ {"headline": "Wrapped"} /*]]>*/""", "Wrapped")]
    [InlineData("""{ /* a note */ "headline": "After a note" // and another""", "After a note")]
    [InlineData("""{headline: 'Bare and single'}""", "Bare and single")]
    [InlineData("""{"a": [1, 2}, "headline": "After a list that never closed"}""", null)]
    [InlineData("""{"headline": "Cut sho""", "Cut sho")]
    [InlineData("""{"headline": "\u0110\u00e0 N\u1eb5ng \/ \"x\""}""", "Đà Nẵng / \"x\"")]
    [InlineData("""{"headline": "bad \x escape \u12"}""", "bad x escape u12")]
    [InlineData("{\"headline\": \"harbour\",\n//\"count\": \"\", // not yet\n\"b\": \"2020\"}", "harbour")]
    [InlineData("{\"headline\": \"harbour\", /* not yet */ \"b\": 1}", "harbour")]
    public void Reads_a_member_however_the_page_wrote_it(string json, string? expected) =>
        Assert.Equal(expected, LooseJsonReader.ReadAll(json).Select(v => v["headline"]?.Text).FirstOrDefault());

    [Fact]
    public void Reads_values_that_follow_each_other()
    {
        var values = LooseJsonReader.ReadAll("""{"a": 1};{"a": 2} [{"a": 3}]""");

        Assert.Equal(["1", "2", "3"], [values[0]["a"]!.Text, values[1]["a"]!.Text, values[2].Items[0]["a"]!.Text]);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":[")]
    public void Ends_at_a_bounded_depth(string opening)
    {
        var values = LooseJsonReader.ReadAll(string.Concat(Enumerable.Repeat(opening, 50_000)));

        Assert.Single(values);
    }

    [Fact]
    public void Reads_what_a_strict_reader_reads()
    {
        var texts = Gen.Elements("a", "\"", "\\", ",", ":", "}", "{", "]", "\n", "/", "<", "é", "日", " ", "'", "true").ListOf()
            .Select(parts => string.Concat(parts));
        var arbitrary = texts.ListOf().Select(list => list.ToArray()).ToArbitrary();

        Prop.ForAll(arbitrary, list =>
        {
            var json = JsonSerializer.Serialize(new Dictionary<string, object> { ["list"] = list, ["last"] = "end" });
            var value = Assert.Single(LooseJsonReader.ReadAll(json));
            Assert.Equal(list, value["list"]!.Items.Select(i => i.Text));
            Assert.Equal("end", value["last"]!.Text);
        }).Hold();
    }

    [Fact]
    public void Never_throws_on_damaged_text()
    {
        const string Whole = """{"@graph":[{"@type":"NewsArticle","headline":"A \"b\" c","author":[{"name":"Ann"}],"n":-1.5e3,"x":null,"y":true}]}""";
        var random = new Random(20260314);
        for (var i = 0; i < 5_000; i++)
        {
            var chars = Whole.ToCharArray();
            for (var hit = 0; hit < 4; hit++)
                chars[random.Next(chars.Length)] = "\"{}[],:\\/ \n'<u"[random.Next(14)];
            Assert.NotNull(LooseJsonReader.ReadAll(chars.AsSpan(0, random.Next(chars.Length))));
        }
    }
}
