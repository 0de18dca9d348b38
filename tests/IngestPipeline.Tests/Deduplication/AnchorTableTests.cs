using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class AnchorTableTests
{
    [Fact]
    public void Holds_what_a_dictionary_of_sets_holds()
    {
        var random = new Random(8);
        var table = new AnchorTable();
        var expected = new Dictionary<uint, HashSet<int>>();
        for (var step = 0; step < 60_000; step++)
        {
            var anchor = (uint)random.Next(9_000) * 2_654_435_761;
            var article = step / 40;
            var articles = expected.TryGetValue(anchor, out var found) ? found : expected[anchor] = [];
            if (random.Next(3) == 0)
            {
                var gone = articles.Count > 0 ? articles.First() : 1;
                articles.Remove(gone);
                Assert.Equal(articles.Count, table.Remove(anchor, gone));
            }
            else
            {
                articles.Add(article);
                Assert.Equal(articles.Count, table.Add(anchor, article));
            }
        }

        var actual = new List<int>();
        foreach (var (anchor, articles) in expected)
        {
            table.CopyTo(anchor, actual);
            Assert.Equal(articles.Order(), actual.Order());
        }
    }

    [Fact]
    public void Repeated_anchor_counts_nothing()
    {
        var table = new AnchorTable();
        var counter = new ArticleCounter();
        table.Add(7, 1);
        table.Add(7, 2);

        Assert.True(table.CountInto(7, counter));
        Assert.True(table.Mark(7, true));
        Assert.False(table.Mark(7, true));
        Assert.False(table.CountInto(7, counter));
        Assert.Equal([(2, 1), (1, 1)], counter.Met.Select(a => (a, counter[a])));
    }
}
