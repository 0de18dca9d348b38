using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class PostingTableTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(18)]
    public void Holds_what_a_plain_dictionary_holds_after_any_adds_removes_and_sweeps(int pageBits)
    {
        var random = new Random(3);
        var table = new PostingTable(pageBits);
        var plain = new Dictionary<uint, HashSet<int>>();
        var keys = Enumerable.Range(0, 300).Select(_ => (uint)random.Next()).ToArray();
        for (var step = 0; step < 20_000; step++)
        {
            var key = keys[random.Next(keys.Length)];
            var article = random.Next(40) * 9_973;
            var articles = plain.TryGetValue(key, out var found) ? found : plain[key] = [];
            if (random.Next(3) > 0)
            {
                articles.Add(article);
                Assert.Equal(articles.Count, table.Add(key, article));
            }
            else
            {
                articles.Remove(article);
                Assert.Equal(articles.Count, table.Remove(key, article));
            }

            if (step % 5_000 == 4_999)
            {
                var touched = new HashSet<uint>();
                table.Sweep(a => a % 2 == 0, touched);
                Assert.Equal(plain.Where(p => p.Value.RemoveWhere(a => a % 2 == 0) > 0 && p.Value.Count > 0).Select(p => p.Key).Order(), touched.Order());
            }
        }

        var there = new List<int>();
        foreach (var (key, articles) in plain)
        {
            table.CopyTo(key, there);
            Assert.Equal(articles.Order(), there.Order());
        }

        Assert.Equal(plain.Values.Sum(a => a.Count), table.Count);
    }

    [Fact]
    public void A_window_that_moves_on_takes_no_more_memory_than_its_articles()
    {
        var pages = new PostingPages(PostingPages.AllBits);
        var random = new Random(7);
        var bytes = new List<long>();
        for (var article = 0; article < 2_000; article++)
        {
            for (var key = 0; key < 100; key++)
                pages.Append((uint)random.Next(), article);
            if (article % 100 != 99)
                continue;
            pages.Sweep(a => a <= article - 100, touched: null);
            bytes.Add(pages.Bytes);
        }

        Assert.Equal(10_000, pages.Count);
        Assert.InRange(bytes[^1], bytes[0] / 2, bytes[0] * 5 / 4);
    }

    [Fact]
    public void Finds_a_key_of_many_articles_and_each_of_many_keys_on_few_pages()
    {
        var table = new PostingTable(pageBits: 2);
        for (var article = 0; article < 3_000; article++)
        {
            table.Add(1, article);
            table.Add((uint)article * 7_919, article);
        }

        var there = new List<int>();
        table.CopyTo(1, there);
        Assert.Equal(Enumerable.Range(0, 3_000), there.Order().Take(3_000));
        for (var article = 1; article < 3_000; article++)
        {
            table.CopyTo((uint)article * 7_919, there);
            Assert.Contains(article, there);
            table.Remove((uint)article * 7_919, article);
        }

        Assert.InRange(table.Count, 3_000, 3_001);
    }

    [Theory]
    [InlineData(18)]
    [InlineData(16)]
    [InlineData(3)]
    public void Holds_what_was_added_together_as_what_was_added_one_by_one(int pageBits)
    {
        var random = new Random(5);
        var (together, single) = (new PostingTable(pageBits), new PostingTable(pageBits));
        var keys = Enumerable.Range(0, 400).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
        var buffer = new PostingBuffer(together);
        foreach (var round in Enumerable.Range(0, 3))
        {
            // No key has an article twice, also where keys pass for one.
            for (var article = round * 3_000; article < (round + 1) * 3_000; article++)
            {
                var key = keys[random.Next(keys.Length)];
                buffer.Add(key, article);
                single.Add(key, article);
            }

            buffer.Flush();
            Assert.Equal(single.Count, together.Count);
            var (there, expected) = (new List<int>(), new List<int>());
            foreach (var key in keys)
            {
                together.CopyTo(key, there);
                single.CopyTo(key, expected);
                Assert.Equal(expected.Order(), there.Order());
                Assert.Equal(single.Add(key, 1_000_000 + round), together.Add(key, 1_000_000 + round));
                Assert.Equal(single.Remove(key, round * 3_000), together.Remove(key, round * 3_000));
            }
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(30_000)]
    public void Holds_what_a_batch_brought_before_and_after_it_is_put_into_pages(int articles)
    {
        var random = new Random(11);
        var (together, single) = (new PostingTable(), new PostingTable());
        var keys = Enumerable.Range(0, 700).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
        foreach (var round in Enumerable.Range(0, 3))
        {
            var batch = new Dictionary<int, uint>();
            for (var article = round * articles; article < (round + 1) * articles; article++)
            {
                var key = keys[random.Next(keys.Length)];
                batch[article] = key;
                single.Add(key, article);
            }

            together.AddBatch(batch.Select(p => PostingTable.Of(p.Value, p.Key)).ToArray());
            Assert.Equal(single.Count, together.Count);
            var frequent = new HashSet<uint>();
            var shared = together.ShareBatch((round + 1) * articles, 4, frequent);
            Assert.Equal(batch.Values.Distinct().Where(k => single.AddTo(k, null) >= 4).Order(), frequent.Order());
            foreach (var (article, key) in batch.Where(p => p.Key % 3 == 0))
            {
                var met = new List<int>();
                foreach (var place in shared.Of(article))
                    together.AddShared(place, met, article);
                var others = new List<int>();
                single.CopyTo(key, others);
                Assert.Equal(others.Where(o => o < article || o >= 1_000_000).Order(), met.Order());
            }

            var (there, expected, below) = (new List<int>(), new List<int>(), (round * articles) + (articles / 2));
            together.Fetch(keys);
            foreach (var key in keys)
            {
                single.CopyTo(key, expected);
                there.Clear();
                Assert.Equal(expected.Count, together.AddTo(key, there));
                Assert.Equal(expected.Order(), there.Order());
                there.Clear();
                together.AddTo(key, there, below);
                Assert.Equal(expected.Where(a => a < below || a >= 1_000_000).Order(), there.Order());
            }

            foreach (var key in keys.Where((_, i) => i % 9 == round))
            {
                Assert.Equal(single.Add(key, 1_000_000 + round), together.Add(key, 1_000_000 + round));
                Assert.Equal(single.Remove(key, round * articles), together.Remove(key, round * articles));
            }
        }
    }

    [Fact]
    public void Numbers_of_24_bits_are_told_apart()
    {
        var table = new PostingTable();
        int[] articles = [0, 0xFFFF, ArticleTable.MostArticles - 1, PostingTable.MaxArticles - 1];
        foreach (var article in articles)
            table.Add(7, article);
        var there = new List<int>();
        table.CopyTo(7, there);

        Assert.Equal(articles, there.Order());
    }
}
