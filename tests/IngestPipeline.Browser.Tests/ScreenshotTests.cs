using Microsoft.Playwright;

namespace IngestPipeline.Browser.Tests;

/// <summary>Pictures for people to look at: written to the folder that INGEST_SCREENSHOTS names, else only made.</summary>
public sealed class ScreenshotTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    [BrowserFact]
    public async Task Every_kind_of_page_can_be_pictured_in_both_themes_and_on_a_phone()
    {
        var folder = Environment.GetEnvironmentVariable("INGEST_SCREENSHOTS");
        foreach (var (name, scheme, width) in new[] { ("light", ColorScheme.Light, 1280), ("dark", ColorScheme.Dark, 1280), ("phone", ColorScheme.Light, 390), ("phone-dark", ColorScheme.Dark, 390) })
        {
            await using var visit = await Visit.StartAsync(report, scheme, width);
            foreach (var page in report.Kinds)
            {
                await visit.Page.GotoAsync(report.Address(page));
                var file = $"{page.Split('/')[0].Replace(".html", "")}-{(page == report.Kinds[^1] ? "hostile-" : "")}{name}.png";
                var picture = await visit.Page.ScreenshotAsync(new() { FullPage = true, Path = folder is null ? null : Path.Combine(folder, file) });
                Assert.True(picture.Length > 5_000, page);
            }
        }
    }
}
