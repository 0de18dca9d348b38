using System.Globalization;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Training;

/// <summary>Counts on how many sites a word stands in articles and in boilerplate near them.</summary>
internal sealed class Lexicon
{
    private const int MinSites = 5;
    private const int Near = 20;

    private readonly Dictionary<string, (int Article, int Other)> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (HashSet<string> Article, HashSet<string> Other)> _bySite = new(StringComparer.Ordinal);

    public Lexicon(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            if (!_bySite.TryGetValue(sample.Page.Site, out var words))
                _bySite[sample.Page.Site] = words = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            foreach (var block in sample.Layout.Blocks)
            {
                var target = sample.Labels.Target[block.Index];
                if (sample.Labels.Weight[block.Index] <= 0 || (target < 0.3 && (block.LinkChars == block.Text.Length || !IsNear(sample, block))))
                    continue;
                if (target > 0.7)
                    words.Article.UnionWith(WordOdds.Words(block.Text));
                else if (target < 0.3)
                    words.Other.UnionWith(WordOdds.Words(block.Text));
            }
        }

        foreach (var (article, other) in _bySite.Values)
        {
            foreach (var word in article.Union(other))
            {
                var count = _sites.GetValueOrDefault(word);
                _sites[word] = (count.Article + (article.Contains(word) ? 1 : 0), count.Other + (other.Contains(word) ? 1 : 0));
            }
        }
    }

    /// <summary>Writes the word features of a page; the votes of its own site are left out.</summary>
    public void Fill(Sample sample)
    {
        var own = _bySite.GetValueOrDefault(sample.Page.Site);
        var words = sample.Layout.Blocks.SelectMany(b => WordOdds.Words(b.Text)).ToHashSet(StringComparer.Ordinal);
        var odds = new WordOdds(words
            .Select(w => (Word: w, Count: _sites.GetValueOrDefault(w)))
            .Select(w => (w.Word, Article: w.Count.Article - (own.Article?.Contains(w.Word) == true ? 1 : 0), Other: w.Count.Other - (own.Other?.Contains(w.Word) == true ? 1 : 0)))
            .Where(w => Odds(w.Article, w.Other) is not null)
            .Select(w => KeyValuePair.Create(w.Word, Odds(w.Article, w.Other)!.Value)));
        using var texts = new BlockTexts(sample.Layout);
        odds.Write(texts, sample.Features);
    }

    public void Write(string file) => File.WriteAllLines(file,
        new[] { "# word, ln(sites with it in boilerplate / sites with it in articles) in 1/100; written by tests/IngestPipeline.Training" }
            .Concat(_sites.Where(w => Odds(w.Value.Article, w.Value.Other) is not null).OrderBy(w => w.Key, StringComparer.Ordinal)
                .Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Key}\t{Odds(w.Value.Article, w.Value.Other)}"))));

    private static int? Odds(int article, int other)
    {
        if (article + other < MinSites)
            return null;

        var odds = (int)Math.Round(100 * Math.Log((other + 1.0) / (article + 1.0)));
        return Math.Abs(odds) < 60 ? null : odds;
    }

    private static bool IsNear(Sample sample, PageBlock block)
    {
        for (var i = Math.Max(0, block.Index - Near); i <= Math.Min(sample.Layout.Blocks.Count - 1, block.Index + Near); i++)
        {
            if (sample.Labels.Target[i] > 0.7)
                return true;
        }

        return false;
    }
}
