namespace IngestPipeline.Tests.Extraction.Content;

public sealed class EmbeddedTextTests
{
    [Fact]
    public void A_pictures_addresses_in_a_script_are_no_paragraphs()
    {
        const string Report = "A lorry and two cars met on the coast road near the harbour on Monday evening, and one driver was taken to hospital.";
        var addresses = string.Join(", ", Enumerable.Range(1, 12).Select(n => $"https://pictures.example/news/{n}/cpsprodpb/60C4/production/crash.jpg {n * 240}w"));
        var data = $$"""window.data={"article":[{"srcset":"{{addresses}}"},{"text":"{{Report}}"},{"srcset":"{{addresses.Replace("/news/", "/large/", StringComparison.Ordinal)}}"}]}""";

        var article = NewsPage.Extract($"<html><head><title>Crash</title></head><body><article><h1>Crash</h1><p>{Report}</p></article><script>{data}</script></body></html>");

        Assert.Equal(Report, article.Text);
    }
}
