using IngestPipeline.Boilerplate;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class RuleFilesTests : IDisposable
{
    private const string Good = """{ "id": "house", "kind": "notice", "languages": ["en"], "match": "line-starts", "cues": ["house notice"], "reason": "a notice of the house", "example": "House notice: we close at five", "keeps": "House notices hung on every door." }""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Reads_a_rule_and_lets_it_act_beside_the_shipped_ones()
    {
        var rules = BlockRules.Shipped.With(Read(Good));
        Assert.Equal("house", rules.Match("House notice: the shop is closed today")?.Id);
        Assert.Equal(BlockRules.Shipped.Match("Share this article")?.Id, rules.Match("Share this article")?.Id);
    }

    [Fact]
    public void Puts_a_rule_in_the_place_of_the_shipped_one_of_its_name()
    {
        Assert.Equal("share-line", BlockRules.Shipped.Match("Share this article")?.Id);
        var rules = BlockRules.Shipped.With(Read(Good.Replace("\"house\"", "\"share-line\"", StringComparison.Ordinal)));
        Assert.NotEqual("share-line", rules.Match("Share this article")?.Id);
        Assert.Equal("share-line", rules.Match("House notice: closed")?.Id);
    }

    [Theory]
    [InlineData("\"kind\": \"notice\",", "", "rule 'house' has no text \"kind\"")]
    [InlineData("line-starts", "begins", "rule 'house': \"match\" must be line-equals, line-starts, line-ends, line-contains, words, pattern, inline or tail")]
    [InlineData("[\"house notice\"]", "[]", "rule 'house' has no list of texts \"cues\"")]
    [InlineData("House notice: we", "A notice: we", "rule 'house' does not meet its own example")]
    [InlineData("House notices hung", "House notice: hung", "rule 'house' meets the block that it should leave alone")]
    [InlineData("\"reason\"", "\"max\": 0, \"reason\"", "rule 'house': \"max\" must be")]
    [InlineData("\"line-starts\", \"cues\": [\"house notice\"]", "\"pattern\", \"cues\": [\"^(house\"]", "rule 'house': a pattern is no regular expression")]
    [InlineData("\"reason\"", "\"action\": \"burn\", \"reason\"", "rule 'house': \"action\" must be")]
    [InlineData("\"languages\"", "\"languages\" \"", ":1: not JSON")]
    public void Says_in_one_line_what_is_wrong_with_a_rule(string from, string to, string message)
    {
        var error = Assert.Throws<RuleFileException>(() => Read(Good.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains("my.rules.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Says_where_a_rule_stands_twice()
    {
        File.WriteAllText(_folder["a.rules.json"], $$"""{ "rules": [ {{Good}} ] }""");
        Assert.Contains("stands twice", Assert.Throws<RuleFileException>(() => Read(Good)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<BlockRule> Read(string rule)
    {
        File.WriteAllText(_folder["my.rules.json"], $$"""{ "rules": [ {{rule}} ] }""");
        return RuleFiles.Read(Path.GetDirectoryName(_folder["my.rules.json"])!);
    }
}
