using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class OutletNameTests
{
    [Theory]
    [InlineData("The Harbour Post", "The Harbour Post")]
    [InlineData("@harbourpost", "harbourpost")]
    [InlineData("Ferry drifts in the sound - Walks along the quay", "Walks along the quay")]
    [InlineData("Harbour Post - Independent news of the island since 1911", "Harbour Post")]
    [InlineData("HarbourPost.example - See what happens here", "HarbourPost.example")]
    [InlineData("News, tides and ferries of all islands｜HARBOUR POST", "HARBOUR POST")]
    [InlineData("Office of the Harbour - University of the Islands", "Office of the Harbour - University of the Islands")]
    [InlineData("Ferry drifts in the sound", null)]
    [InlineData("{$plugin.opengraph.site_name}", null)]
    [InlineData("https://harbourpost.example/", null)]
    public void Name_is_the_same_on_every_page_of_an_outlet(string siteName, string? outlet)
    {
        using var document = TreeParser.Parse(
            $"<head><title>Ferry drifts in the sound</title><meta property=\"og:site_name\" content=\"{siteName}\"></head><body><h1>Ferry drifts in the sound</h1></body>");

        Assert.Equal(outlet, MetadataReader.Read(document, new("https://www.harbourpost.example/ferry")).Outlet?.Value);
    }

    [Theory]
    [InlineData("Ferry drifts in the sound | Harbour Post", "Harbour Post")]
    [InlineData("harbourpost.example – Ferry drifts in the sound", "harbourpost.example")]
    [InlineData("Ferry drifts in the sound | News", null)]
    public void Title_names_the_outlet_where_nothing_else_does(string title, string? outlet)
    {
        using var document = TreeParser.Parse($"<head><title>{title}</title></head><body><h1>Ferry drifts in the sound</h1></body>");

        Assert.Equal(outlet, MetadataReader.Read(document, new("https://www.harbourpost.example/ferry")).Outlet?.Value);
    }
}
