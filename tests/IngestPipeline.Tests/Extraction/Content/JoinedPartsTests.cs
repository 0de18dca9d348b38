namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>What belongs to chosen blocks by the page's structure comes with them.</summary>
public sealed class JoinedPartsTests
{
    private const string Before =
        "<header><a href=\"/\">Pier Post</a><nav><a href=\"/n\">News</a> <a href=\"/s\">Sport</a> <a href=\"/w\">Weather</a></nav></header><article><h1>The harbour that learned to wait</h1>"
        + "<p>The ferry was late because the harbour had been closed since the storm, and nobody knew when it would open again for the boats that wait outside.</p>"
        + "<p>People stood on the pier with their bags and their dogs, and the shop at the corner sold more tea on that morning than in the whole month before.</p>"
        + "<p>The council wants to raise the outer wall by two metres before next winter, a plan that would cost about four million and take eleven months.</p>";

    private const string After =
        "<p>Fishermen are not convinced. A higher wall, they say, would push the waves into the inner basin, where the small boats lie at night.</p></article><footer><a href=\"/about\">About us</a></footer>";

    [Fact]
    public void A_tables_row_is_whole()
    {
        var text = Extract(
            "<table><thead><tr><th>Candidate</th><th>Votes</th><th>Share</th></tr></thead><tbody><tr><td>Ann Larsen</td><td>1,204</td><td>52.1%</td></tr><tr><td>Bo Berg</td><td>1,107</td><td>47.9%</td></tr></tbody></table>");

        Assert.Contains("Candidate | Votes | Share", text);
        Assert.Contains("Bo Berg | 1,107 | 47.9%", text);
    }

    [Fact]
    public void A_list_behind_a_colon_stays()
    {
        var text = Extract("<p>Signed:</p><ul><li>Ingrid Halvorsen, harbour master</li><li>Bo Berg, fisherman</li><li>Ann Larsen, teacher</li></ul>");

        Assert.Contains("Signed:\n\nIngrid Halvorsen, harbour master\n\nBo Berg, fisherman\n\nAnn Larsen, teacher", text);
    }

    [Fact]
    public void A_list_of_links_behind_a_colon_does_not()
    {
        var text = Extract(
            "<p>The harbour in pictures and words, as the newspaper has it since the storm:</p><ul><li><a href=\"/1\">Old lighthouse to open in May</a></li><li><a href=\"/2\">Storm closes the school again</a></li></ul>");

        Assert.DoesNotContain("Old lighthouse", text);
    }

    private static string Extract(string part) => NewsPage.Extract(
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The harbour that learned to wait</title></head><body>{Before}{part}{After}</body></html>").Text;
}
