using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class ArticleComparerTests
{
    [Fact]
    public void Passages_are_the_same_words_on_both_sides()
    {
        var report = Texts.Report(1);
        var paragraphs = report.Split("\n\n");
        var a = Texts.Document("a", report);
        var b = Texts.Document(
            "b", "More from this page.\n\n" + string.Join("\n\n", paragraphs.Where((_, i) => i % 3 != 1)) + "\n\n" + Texts.Report(2, 3), "Valley News", 1);

        var comparison = new ArticleComparer().Compare(a, b);

        Assert.Equal(ComparedKind.Near, comparison.Kind);
        Assert.Equal("a", comparison.OriginalId);
        Assert.True(comparison.Passages.Count >= 4);
        Assert.All(comparison.Passages, p => Assert.Equal(
            TokenizedText.From(a.Text[p.Start..(p.Start + p.Length)]).Hashes.ToArray(),
            TokenizedText.From(b.Text[p.OtherStart..(p.OtherStart + p.OtherLength)]).Hashes.ToArray()));
        Assert.True(comparison.Passages.Zip(comparison.Passages.Skip(1)).All(p => p.First.Start + p.First.Length <= p.Second.Start));
    }

    [Fact]
    public void A_word_on_both_sides_of_an_insertion_belongs_to_the_sentence_that_it_begins()
    {
        const string Start = "Tugs brought the ferry back to harbour in Arnbeck on Saturday morning after a fire in its engine room.";
        const string Next = "The transport ministry ordered checks of two sister ships and said that a replacement would sail from Monday.";
        CopyDocument a = new() { Id = "a", Text = Start + "\n\nThe crew did what they had been trained to do.\n\n" + Next };
        CopyDocument b = new() { Id = "b", Text = Start + "\n\n" + Next };

        var passages = new ArticleComparer().Compare(a, b).Passages;
        var back = new ArticleComparer().Compare(b, a).Passages;

        Assert.Equal(passages.Select(p => (p.Start, p.Length, p.OtherStart, p.OtherLength)), back.Select(p => (p.OtherStart, p.OtherLength, p.Start, p.Length)));
        Assert.Equal(
            [Start.TrimEnd('.'), Next.TrimEnd('.')],
            passages.Select(p => a.Text[p.Start..(p.Start + p.Length)].Trim('.')));
        Assert.Equal(
            [Start.TrimEnd('.'), Next.TrimEnd('.')],
            passages.Select(p => b.Text[p.OtherStart..(p.OtherStart + p.OtherLength)].Trim('.')));
    }

    [Fact]
    public void A_phrase_that_stands_twice_in_both_texts_does_not_break_a_passage()
    {
        const string Report = """
            The head of the harbour board of Arnbeck said on Saturday that tugs had brought the ferry back after a fire.

            A replacement sails from Monday, the head of the harbour board of Arnbeck added, and two sister ships are checked.

            The head of the harbour board of Arnbeck said on Saturday that nobody was hurt.
            """;
        CopyDocument a = new() { Id = "a", Text = Report };
        CopyDocument b = new() { Id = "b", Text = "Seen from the pier by our reporter.\n\n" + Report };

        var passage = Assert.Single(new ArticleComparer().Compare(a, b).Passages);

        Assert.Equal(Report.TrimEnd('.'), a.Text[passage.Start..(passage.Start + passage.Length)].TrimEnd('.'));
        Assert.Equal(Report.TrimEnd('.'), b.Text[passage.OtherStart..(passage.OtherStart + passage.OtherLength)].TrimEnd('.'));
    }

    [Fact]
    public void What_a_passage_leaves_over_of_the_next_is_no_passage_of_a_word()
    {
        const string Common = "The crew of the ferry put the fire out within an hour";
        CopyDocument a = new() { Id = "a", Text = Common + " yesterday. Nobody on board was hurt, said the harbour board of Arnbeck." };
        CopyDocument b = new() { Id = "b", Text = Common + ". Smoke was seen for a while. They had the fire out within an hour yesterday, we were told. Nobody on board was hurt, said the harbour board of Arnbeck." };

        Assert.All(new ArticleComparer().Compare(a, b).Passages, p => Assert.True(p.Length > 20, a.Text[p.Start..(p.Start + p.Length)]));
    }

    [Fact]
    public void Evidence_of_a_copy_names_its_passages_in_its_own_text_and_the_agencies()
    {
        var report = Texts.Report(1);
        var copy = "HARBOUR TOWN (AP) — " + report[..(report.Length / 2)];
        CopyDocument[] documents = [Texts.Document("a", report), Texts.Document("b", copy, "Valley News", 1)];

        var evidence = new CopyDecider().Add(documents).Single(d => d.Id == "b").Evidence!;

        Assert.InRange(evidence.Passages.Count, 1, CopyEvidence.MaxPassages);
        Assert.All(evidence.Passages, p => Assert.Equal(copy[p.Start..(p.Start + p.Length)], report[p.OtherStart..(p.OtherStart + p.OtherLength)]));
        Assert.Equal(("AP", null), (evidence.Agency, evidence.OtherAgency));
    }

    [Theory]
    [InlineData("The mill in Arnbeck burned down overnight and 14 workers were taken to hospital with smoke in their lungs.",
        "Overnight the Arnbeck mill burned down; 14 workers with smoke in their lungs were taken to hospital.", ComparedKind.Rewrite)]
    [InlineData("The mill in Arnbeck burned down overnight and 14 workers were taken to hospital with smoke in their lungs.",
        "Overnight the Arnbeck mill burned down; 31 workers with smoke in their lungs were taken to hospital.", ComparedKind.Apart)]
    [InlineData("The mill in Arnbeck burned down overnight and 14 workers were taken to hospital with smoke in their lungs.",
        "Overnight the Lindholt mill burned down; 14 workers with smoke in their lungs were taken to hospital.", ComparedKind.Apart)]
    [InlineData("On Tuesday the mill in Arnbeck burned down and 14 workers were taken to hospital with smoke in their lungs.",
        "The Arnbeck mill burned down on Friday; 14 workers with smoke in their lungs were taken to hospital.", ComparedKind.Apart)]
    public void Number_name_or_date_that_differs_vetoes_a_rewrite(string a, string b, ComparedKind kind)
    {
        var comparison = new ArticleComparer().Compare(new() { Id = "a", Text = a }, new() { Id = "b", Text = b });

        Assert.Equal(kind, comparison.Kind);
        Assert.Equal(kind == ComparedKind.Apart, comparison.Vetoed);
    }

    [Fact]
    public void Sides_do_not_change_the_decision()
    {
        var texts = Enumerable.Range(0, 6).Select(i => Texts.Document("t" + i, Texts.Report(i / 2)[(i * 90)..], "Outlet " + i, i)).ToArray();
        foreach (var a in texts)
        {
            foreach (var b in texts.Where(b => b.Id != a.Id))
            {
                var (there, back) = (new ArticleComparer().Compare(a, b), new ArticleComparer().Compare(b, a));

                Assert.Equal((there.Kind, there.OriginalId, there.Score, there.ContainedA), (back.Kind, back.OriginalId, back.Score, back.ContainedB));
            }
        }
    }
}
