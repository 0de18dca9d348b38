using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>What holds for every set of articles and every order in which they come.</summary>
public sealed class CopyDeciderProperties
{
    private static readonly CopyDocument[] Pool = MakePool();

    private static readonly Dictionary<string, CopyDecision> AtOnce = new CopyDecider().Add(Pool).ToDictionary(d => d.Id);

    [Fact]
    public void Latest_decisions_are_the_same_for_every_order_and_batching() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var order = Pool.ToArray();
            random.Shuffle(order);
            var decider = new CopyDecider(SomeLarge(random));
            var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
            for (var i = 0; i < order.Length;)
            {
                var batch = order.Skip(i).Take(random.Next(1, 25)).ToArray();
                i += batch.Length;
                foreach (var decision in decider.Add(batch))
                    latest[decision.Id] = decision;
            }

            return latest.Count == AtOnce.Count && latest.All(d => AtOnce[d.Key] == d.Value);
        }).Hold(20);

    [Fact]
    public void Latest_decisions_are_the_same_when_nothing_stays_in_memory() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var order = Pool.ToArray();
            random.Shuffle(order);
            using var cards = new TemporaryCards(null);
            var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
            var decider = new CopyDecider(SomeLarge(random), new(cards, latest.GetValueOrDefault, random.Next(3) * 3_000));
            for (var i = 0; i < order.Length;)
            {
                var batch = order.Skip(i).Take(random.Next(1, 9)).ToArray();
                i += batch.Length;
                foreach (var decision in decider.Add(batch))
                    latest[decision.Id] = decision;
                decider.Stored();
            }

            return decider.Counts.Cards > 0 && latest.Count == AtOnce.Count && latest.All(d => AtOnce[d.Key] == d.Value);
        }).Hold(6);

    [Fact]
    public void Only_decisions_that_differ_from_the_published_ones_are_returned()
    {
        var decider = new CopyDecider();
        var latest = new Dictionary<string, CopyDecision>(StringComparer.Ordinal);
        foreach (var document in Pool)
        {
            foreach (var decision in decider.Add([document]))
            {
                Assert.False(latest.TryGetValue(decision.Id, out var old) && old == decision);
                latest[decision.Id] = decision;
            }
        }
    }

    [Fact]
    public void Canonical_article_points_at_itself_and_is_no_copy()
    {
        Assert.Contains(AtOnce.Values, d => d.Kind == CopyKind.Original);
        foreach (var decision in AtOnce.Values)
        {
            var canonical = AtOnce[decision.CanonicalId];
            Assert.Equal(canonical.Id, canonical.CanonicalId);
            Assert.True(canonical.Kind is CopyKind.Original or CopyKind.Unique or CopyKind.Rewrite);
        }
    }

    // In half of all runs some batches are put in order together.
    private static CopyOptions SomeLarge(Random random) => new() { LargeBatch = random.Next(2) == 0 ? 2 : int.MaxValue };

    // Reports, exact, cut, padded and chained copies, forms, a site's own block, digests and headlines, all within one week.
    private static CopyDocument[] MakePool()
    {
        var documents = new List<CopyDocument>();
        var random = new Random(17);
        var block = Texts.Report(999, 6);
        for (var story = 0; story < 8; story++)
        {
            var report = Texts.Report(story);
            var paragraphs = report.Split("\n\n");
            for (var copy = 0; copy < 9; copy++)
            {
                var text = (copy % 6) switch
                {
                    0 => report,
                    1 => report + "\n\n" + block,
                    2 => string.Join("\n\n", paragraphs.Take(5)) + "\n\n" + block,
                    3 => string.Join("\n\n", paragraphs.Where((_, i) => i % 4 != 1)),
                    4 => string.Join("\n\n", paragraphs.Skip(5)) + "\n\n" + Texts.Report(500 + story, 8),
                    _ => string.Join("\n\n", paragraphs.Take(3)) + "\n\n" + Texts.Report((story + 1) % 8)[..700],
                };
                documents.Add(Texts.Document($"s{story}c{copy}", text, "Outlet " + random.Next(5), random.Next(100)));
            }

            documents.Add(
                Texts.Document("h" + story, "", "Links", random.Next(100), "Headline that two of them share " + (story / 2)) with { HeadlineOnly = true });
            documents.Add(Texts.Document("f" + story, $"Qtly div {story / 2} cts vs 25 cts prior. Pay May {story}. Record April 20.", "Wire", story));
        }

        return [.. documents];
    }
}
