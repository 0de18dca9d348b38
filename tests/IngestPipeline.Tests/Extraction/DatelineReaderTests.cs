using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class DatelineReaderTests
{
    [Theory]
    [InlineData("AMMAN, Dec 2 (Reuters) - Rain fell on the hills.", "Reuters", "AMMAN")]
    [InlineData("WASHINGTON (AP) — The bill passed on Monday.", "AP", "WASHINGTON")]
    [InlineData("KYIV, Ukraine (AP) — The bridge is open again.", "AP", "KYIV, Ukraine")]
    [InlineData("Hamburg (dpa/lno) – Der Hafen bleibt gesperrt.", "dpa", "Hamburg")]
    [InlineData("Berlin/München (dpa) - Der Zug fährt wieder.", "dpa", "Berlin/München")]
    [InlineData("Madrid, 3 may (EFE).- El puerto cierra.", "EFE", "Madrid")]
    [InlineData("PARIS, 3 mai 2026 (AFP) - Le port ferme.", "AFP", "PARIS")]
    [InlineData("(ANSA) - ROMA, 03 GEN - Il porto chiude.", "ANSA", "ROMA")]
    [InlineData("(Reuters) - The harbour closes.", "Reuters", null)]
    [InlineData("МОСКВА, 3 мая - РИА Новости. Порт закрыт.", "RIA Novosti", "МОСКВА")]
    [InlineData("LONDON — The harbour closes.", null, "LONDON")]
    [InlineData("PORT ALDEN (Northwire) — The harbour closes.", "Northwire", "PORT ALDEN")]
    [InlineData("PORT ALDEN, March 14 (Sound & Shore News) -- The harbour closes.", "Sound & Shore News", "PORT ALDEN")]
    [InlineData("The harbour closes.\n\nThe ministry said so on Monday. (AFP)", "AFP", null)]
    [InlineData("The harbour closes.\n\nIt reopens in May.\n\ndpa", "dpa", null)]
    [InlineData("The harbour closes.\n\nSource: Agence France-Presse", "AFP", null)]
    public void Reads_agency_and_place(string text, string? agency, string? place) =>
        Assert.Equal(new Dateline(agency, place), DatelineReader.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("The harbour closes - and nobody knows why.")]
    [InlineData("Officials (and nurses) said so.")]
    [InlineData("NATO: what it is")]
    [InlineData("Port Alden (Northwire) — a harbour closes.")]
    [InlineData("Round (2026) — a harbour closes.")]
    [InlineData("HARBOUR (closed) — a mayor opens it.")]
    [InlineData("Better late than never: the harbour opens.")]
    public void Claims_nothing_where_there_is_no_dateline(string? text) => Assert.Null(DatelineReader.Read(text)?.Agency ?? DatelineReader.Read(text)?.Place);

    [Fact]
    public void Never_throws_on_damaged_text()
    {
        string[] parts = ["(", ")", "AP", "LONDON", ",", " — ", "3 May", "\n", ":", "-", ".", "\ud83d", "dpa", " ", "（"];
        var random = new Random(20260314);
        for (var i = 0; i < 20_000; i++)
            _ = DatelineReader.Read(string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => parts[random.Next(parts.Length)])));
    }
}
