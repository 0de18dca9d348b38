using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>One text that thousands carry.</summary>
public sealed class ExactTextTests
{
    [Fact]
    public void Thousands_of_identical_texts_and_their_edits_are_one_group()
    {
        var report = Texts.Report(1);
        var documents = Enumerable.Range(0, 5_000).Select(i => Texts.Document("e" + i, report, "Outlet " + i, i * 0.01)).ToList();
        for (var i = 0; i < 40; i++)
            documents.Add(Texts.Document("n" + i, "More from us.\n\n" + report[..(report.Length - (20 * i) - 40)], "Paper " + i, 1 + i));
        documents.Add(Texts.Document("other", Texts.Report(2)));
        new Random(4).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(documents));
        var decider = new CopyDecider();
        var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
        foreach (var batch in documents.Chunk(700))
        {
            foreach (var decision in decider.Add(batch))
                latest[decision.Id] = decision;
        }

        Assert.Equal(CopyKind.Unique, latest["other"].Kind);
        Assert.Equal(5_040, latest.Values.Count(d => d.CanonicalId == "e0"));
        Assert.Equal(4_999, latest.Values.Count(d => d.Kind == CopyKind.Exact));
        Assert.All(latest.Values.Where(d => d.Id[0] == 'n'), d => Assert.Equal((CopyKind.Near, "e0"), (d.Kind, d.Evidence!.OtherId)));
    }

    [Fact]
    public void Short_text_that_comes_again_after_days_is_another_item()
    {
        var notice = Texts.Report(1, 3);
        var decisions = Decide(
            Texts.Document("a", notice), Texts.Document("b", notice, "Valley News", 5), Texts.Document("c", notice, hours: 24 * 7),
            Texts.Document("d", notice, "Valley News", 24 * 7));

        Assert.Equal(["a", "a", "c", "c"], decisions.Values.OrderBy(d => d.Id).Select(d => d.CanonicalId));
    }

    [Fact]
    public void Earliest_that_comes_late_stands_for_the_family_and_its_edits()
    {
        var report = Texts.Report(1);
        var decider = new CopyDecider();
        decider.Add(
            [Texts.Document("b", report, "Valley News", 2), Texts.Document("c", report, "Coast Daily", 3), Texts.Document("cut", report[..(report.Length / 2)], "Inland", 4)]);

        var changed = decider.Add([Texts.Document("a", report)]).ToDictionary(d => d.Id);

        Assert.Equal(["a", "a", "a", "a"], changed.Values.Select(d => d.CanonicalId));
        Assert.Equal("a", changed["cut"].Evidence!.OtherId);
    }

    [Fact]
    public void Family_goes_on_when_the_article_that_stood_for_it_leaves_the_window()
    {
        var report = Texts.Report(1);
        var decider = new CopyDecider();
        decider.Add([Texts.Document("a", report), Texts.Document("b", report, "Valley News", 30)]);
        decider.ExpireBefore(Texts.Noon.AddHours(1));

        var cut = decider.Add([Texts.Document("cut", report[..(report.Length / 2)], "Inland", 40)]).Single(d => d.Id == "cut");

        Assert.Equal(("a", CopyKind.Near), (cut.CanonicalId, cut.Kind));
    }

    private static Dictionary<string, CopyDecision> Decide(params CopyDocument[] documents) => new CopyDecider().Add(documents).ToDictionary(d => d.Id);
}
