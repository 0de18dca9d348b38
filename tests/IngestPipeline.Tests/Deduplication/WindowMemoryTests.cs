using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>What is let go from memory, or found in another table, changes no decision.</summary>
public sealed class WindowMemoryTests
{
    [Fact]
    public void Window_that_moves_on_decides_the_same_when_nothing_stays_in_memory()
    {
        using var cards = new TemporaryCards(null);
        var (latest, bounded) = (new Dictionary<string, CopyDecision>(StringComparer.Ordinal), new Dictionary<string, CopyDecision>(StringComparer.Ordinal));
        var whole = new CopyDecider();
        var small = new CopyDecider(new(), new(cards, bounded.GetValueOrDefault, 0));
        var time = Texts.Noon;
        foreach (var batch in Stream(600).Chunk(7))
        {
            foreach (var decision in whole.Add(batch))
                latest[decision.Id] = decision;
            foreach (var decision in small.Add(batch))
                bounded[decision.Id] = decision;
            small.Stored();
            // Now a few at once, now many: they are taken out one by one, or in one pass.
            time = batch.Max(d => d.FirstSeen) is { } newest && newest.Hour % 5 < 3 ? newest.AddDays(-3) : time;
            whole.ExpireBefore(time);
            small.ExpireBefore(time);
        }

        Assert.True(small.Counts.Cards > 0);
        Assert.Equal(whole.Count, small.Count);
        Assert.Contains(latest.Values, d => d.Kind == CopyKind.Near);
        Assert.Equal(latest.OrderBy(d => d.Key, StringComparer.Ordinal), bounded.OrderBy(d => d.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Undated_reports_meet_those_of_every_day_in_every_order()
    {
        var documents = Stream(160, daysApart: 6).Select((d, i) => i % 5 == 0 ? d with { FirstSeen = null } : d).ToArray();
        var expected = new CopyDecider().Add(documents).ToDictionary(d => d.Id);
        var random = new Random(3);
        for (var round = 0; round < 3; round++)
        {
            random.Shuffle(documents);
            var decider = new CopyDecider();
            var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
            foreach (var decision in documents.Chunk(20).SelectMany(decider.Add))
                latest[decision.Id] = decision;
            Assert.Equal(expected.OrderBy(d => d.Key, StringComparer.Ordinal), latest.OrderBy(d => d.Key, StringComparer.Ordinal));
        }

        Assert.Contains(expected.Values, d => d.StoryId != d.Id);
    }

    [Fact]
    public void Full_window_refuses_a_batch_whole_and_takes_it_when_others_have_left()
    {
        var stream = Stream(8).ToArray();
        var decider = new CopyDecider(new() { MostArticles = 5 });
        decider.Add(stream[..4]);

        // One that is there already, or stands twice in the batch, needs no number more.
        decider.Add([stream[3], stream[4], stream[4]]);
        var refused = Assert.Throws<WindowFullException>(() => decider.Add([stream[0], stream[5]]));
        Assert.Equal("the copy window holds 5 of 5 articles at most, and 1 more come", refused.Message);
        Assert.Equal((5, false), (decider.Count, decider.Holds(stream[5].Id)));

        decider.ExpireBefore(stream[3].FirstSeen!.Value);
        decider.Add(stream[5..7]);
        Assert.Equal(5, decider.Count);
        Assert.All(stream[2..7], d => Assert.True(decider.Holds(d.Id)));
    }

    // Reports, copies that are cut or padded with a site's own block, and equal ones, an hour or some days apart.
    private static IEnumerable<CopyDocument> Stream(int count, int daysApart = 0)
    {
        var random = new Random(11);
        var block = Texts.Report(999, 6);
        for (var i = 0; i < count; i++)
        {
            var report = Texts.Report(i / 6);
            var text = random.Next(5) switch
            {
                0 => report,
                1 => report[..(report.Length / 2)],
                2 => report + "\n\n" + block,
                3 => Texts.Report(400 + i, 4) + "\n\n" + report,
                _ => report,
            };
            yield return Texts.Document($"w{i:000}", text, "Outlet " + random.Next(4), (i / 2) + (24 * daysApart * (i / 6)));
        }
    }
}
