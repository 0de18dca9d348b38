using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class AgencyCreditTests
{
    [Theory]
    [InlineData("OSLO (Reuters) — The fleet sailed.", "Reuters")]
    [InlineData("By ANNA BAKKE, Associated Press\n\nThe fleet sailed.", "AP")]
    [InlineData("By The Associated Press\nThe fleet sailed.", "AP")]
    [InlineData("Updated today\nBy The Associated Press\nThe fleet sailed.", "AP")]
    [InlineData("The fleet sailed, and Reuters said so in a long report that nobody read.", null)]
    [InlineData("", null)]
    public void Credit_is_read_from_dateline_or_byline(string text, string? agency) =>
        Assert.Equal(agency, AgencyCredit.Of(new CopyDocument { Id = "a", Text = text }));

    [Fact]
    public void Given_agency_and_source_come_first()
    {
        Assert.Equal("AFP", AgencyCredit.Of(new CopyDocument { Id = "a", Agency = "Agence France-Presse", Text = "OSLO (Reuters) — Sailed." }));
        Assert.Equal("AP", AgencyCredit.Of(new CopyDocument { Id = "a", Source = "The Associated Press" }));
        Assert.Null(AgencyCredit.OfSource("Harbour Post"));
    }
}
