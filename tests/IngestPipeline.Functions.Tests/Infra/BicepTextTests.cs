namespace IngestPipeline.Tests.Functions.Infra;

public sealed class BicepTextTests
{
    [Fact]
    public void Leaves_out_comments_and_keeps_what_only_looks_like_one() =>
        Assert.Equal("var a = 'https://x'\n\nvar b = '''\n// kept\n'''", BicepText.Code("var a = 'https://x'// no {\n/* ( */\nvar b = '''\n// kept\n'''"));

    [Theory]
    [InlineData("var a = { b: [1, 2 }")]
    [InlineData("var a = (1")]
    [InlineData("var a = 1)")]
    [InlineData("var a = 'open\nvar b = 2")]
    [InlineData("var a = '${b'")]
    [InlineData("var a = '''open")]
    public void Finds_what_is_not_closed(string source) => Assert.Throws<FormatException>(() => BicepText.Code(source));

    [Theory]
    [InlineData(@"var a = 'it\'s ${b['c']} and ${empty(d) ? '' : '}'}'")]
    [InlineData("var a = [for x in y: { z: x }]")]
    public void Reads_nested_strings(string source) => Assert.Equal(source, BicepText.Code(source));
}
