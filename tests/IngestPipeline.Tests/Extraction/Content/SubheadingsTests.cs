namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>Headings between kept blocks stay with what they head.</summary>
public sealed class SubheadingsTests
{
    private const string Text =
        "<p>The ferry was late because the harbour had been closed since the storm, and nobody knew when it would open again for the boats that wait outside.</p>"
        + "<p>People stood on the pier with their bags and their dogs, and the shop at the corner sold more tea on that morning than in the whole month before.</p>"
        + "<p>The council wants to raise the outer wall by two metres before next winter, a plan that would cost about four million and take eleven months.</p>";

    [Fact]
    public void A_recipes_headings_stay_over_its_lists()
    {
        var text = Extract($"<article><h1>Fish soup of the pier</h1>{Text}<div class=\"recipe-card\"><h3>Ingredients</h3><ul><li>2 pounds of white fish</li><li>1 onion, chopped</li><li>500 ml stock</li></ul>"
            + "<h3>Instructions</h3><ol><li>Soften the onion in butter over a low heat for ten minutes.</li><li>Add the stock and the fish and leave it alone until the fish is done.</li></ol></div></article>");

        Assert.Contains("Ingredients\n", text);
        Assert.Contains("Instructions\n", text);
    }

    [Fact]
    public void A_heading_that_is_a_link_does_not()
    {
        var text = Extract($"<article><h1>The harbour that learned to wait</h1>{Text}<div class=\"promo\"><h3><a href=\"/2\">Old lighthouse to open for visitors in May</a></h3></div>"
            + "<p>Until then the timetable stays as it is: two crossings a day, if the wind allows, and none on Sundays, as it has always been on the island.</p></article>");

        Assert.DoesNotContain("Old lighthouse", text);
        Assert.Contains("Until then the timetable stays", text);
    }

    [Fact]
    public void The_question_of_an_answer_that_unfolds_stays()
    {
        var text = Extract(
            "<header><a href=\"/\">Pier Post</a><nav><a href=\"/n\">News</a> <a href=\"/s\">Sport</a></nav></header><article><h1>The harbour that learned to wait</h1>"
                + Text
            + "<details><summary>When will the harbour open?</summary><p>Not before June, the port office says, and only for boats under twelve metres; the larger ones have to wait for the wall, and nobody can say how long that takes.</p></details>"
            + "<details><summary>Who pays for the wall?</summary><p>The council and the state, half each, if parliament agrees to it in autumn, as the minister promised to the islanders on her last visit.</p></details></article><footer><a href=\"/about\">About us</a></footer>");

        Assert.Contains("When will the harbour open?\n", text);
        Assert.Contains("Who pays for the wall?\n", text);
    }

    [Fact]
    public void A_heading_between_two_paragraphs_beside_it_stays()
    {
        var text = Extract(
            "<div class=\"gov\"><a href=\"/\">Pier Town Council</a></div><div class=\"breadcrumb\"><a>Home</a> / <a>News</a></div><h1>The harbour that learned to wait</h1><p class=\"d\">Date published: 2 April 2026</p>"
                + Text
            + "<h2>How to comment</h2><p>Write to the council by 30 April, or come to the meeting in the old rope store on the twelfth.</p><div class=\"feedback\"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></div>");

        Assert.Contains("How to comment\n", text);
        Assert.DoesNotContain("Is this page useful?", text);
    }

    [Theory]
    [InlineData("0. ")]
    [InlineData("0) ")]
    public void A_numbered_heading_stays_between_others_whatever_stands_before_it(string number)
    {
        string Part(int n, string title, string tag) =>
            $"<{tag}>{number.Replace("0", $"{n}", StringComparison.Ordinal)}{title}</{tag}><p>It is the {title.ToLowerInvariant()} that decides whether a boat lies well, the harbour master says, and nobody on the pier has ever seen it otherwise in all these years.</p>";
        const string Box = "<div class=\"related-list\"><h4 class=\"box-title\">Read more</h4><ul><li><a href=\"/1\">Old lighthouse to open for visitors in May</a></li><li><a href=\"/2\">Storm closes the school again</a></li></ul></div>";

        var text = Extract($"<article><h1>Five things about a berth</h1>{Text}{Part(1, "Length of the rope", "p")}{Part(2, "Depth at low water", "p")}{Box}"
            + $"{Part(3, "Neighbour", "h3")}{Box}{Part(4, "Price", "h3")}{Part(5, "Way to the shop", "p")}</article>");

        Assert.Contains("Neighbour\n", text);
        Assert.Contains("Price\n", text);
        Assert.DoesNotContain("lighthouse", text);
    }

    private static string Extract(string body) => NewsPage.Extract(
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Harbour Post</title></head><body>{body}</body></html>").Text.Replace("\n\n",
        "\n", StringComparison.Ordinal) + "\n";
}
