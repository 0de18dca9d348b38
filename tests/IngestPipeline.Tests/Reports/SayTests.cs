using IngestPipeline.Reports.Html;

namespace IngestPipeline.Tests.Reports;

public sealed class SayTests
{
    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.0001, "< 0.1 %")]
    [InlineData(0.0005, "0.1 %")]
    [InlineData(0.0944, "9.4 %")]
    [InlineData(0.0996, "10 %")]
    [InlineData(0.98, "98 %")]
    [InlineData(0.995, "99.5 %")]
    [InlineData(0.9999, "99.9 %")]
    [InlineData(1, "100 %")]
    [InlineData(double.NaN, "–")]
    public void Only_nothing_is_0_percent_and_only_all_is_100(double share, string said) => Assert.Equal(said, Say.Share(share));
}
