using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Tests;

namespace IngestPipeline.Training;

/// <summary>A page made ready for training: blocks, features, labels.</summary>
internal sealed class Sample(TruthPage page, PageLayout layout, ArticleMetadata metadata, FeatureTable features, Labels labels)
{
    // How many groups of cues a masked page does without.
    private const double Mask = 0.4;

    public TruthPage Page => page;

    public PageLayout Layout => layout;

    public ArticleMetadata Metadata => metadata;

    public FeatureTable Features => features;

    /// <summary>What the truth says.</summary>
    public Labels Truth { get; } = labels;

    /// <summary>What training is told.</summary>
    public Labels Labels { get; set; } = labels;

    /// <summary>True for a page without its markup.</summary>
    public bool IsPlain { get; init; }

    public int[] FirstScores { get; set; } = [];

    public int[] Scores { get; set; } = [];

    /// <summary>The page as a site whose class names say less would show it: without some groups of cues, drawn by the page's id.</summary>
    public Sample Masked()
    {
        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes("mask:" + page.Id))));
        var hidden = BlockFeatures.Names.Index()
            .Where(n => n.Item.StartsWith("cue.", StringComparison.Ordinal) && random.NextDouble() < Mask).Select(n => n.Index).ToArray();
        var copy = new FeatureTable(features.Rows, features.Columns);
        for (var i = 0; i < features.Rows; i++)
        {
            features[i].CopyTo(copy[i]);
            foreach (var column in hidden)
                copy[i][column] = NodeDistances.Far;
        }

        return new(page, layout, metadata, copy, Truth) { Labels = Labels };
    }

    /// <summary>The plain copy as it is where no empty line parts anything.</summary>
    public Sample Flat() => Plain(page, [[.. layout.Blocks.Select(b => b.Text)]], _ => Labels);

    /// <summary>
    /// A plain copy of little more than the article, as somebody makes who marks only that: some lines before and after it, and few of those inside that are
    /// none of it.
    /// </summary>
    public Sample Cut()
    {
        var article = Enumerable.Range(0, layout.Blocks.Count).Where(i => Labels.Target[i] > 0.5).ToArray();
        if (article.Length == 0)
            return this;

        var random = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes("cut:" + page.Id))));
        var (from, to) = (article[0] - random.Next(6), article[^1] + random.Next(5));
        var lines = layout.Blocks.Where(b => b.Index >= from && b.Index <= to && (Labels.Target[b.Index] > 0.3 || random.NextDouble() < 0.4 || b.Index < article[0] || b.Index > article[^1])).ToArray();
        return Plain(page, random.Next(2) == 0 ? [[.. lines.Select(b => b.Text)]] : Regrouped(lines),
            _ => new([.. lines.Select(b => Labels.Target[b.Index])], [.. lines.Select(b => Labels.Weight[b.Index])]));
    }

    // Lines that stood in one element before stand in one again.
    private static List<IReadOnlyList<string>> Regrouped(PageBlock[] lines)
    {
        var groups = new List<List<string>>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (i == 0 || lines[i].Node.Parent != lines[i - 1].Node.Parent || lines[i].Node.Depth < 2)
                groups.Add([]);
            groups[^1].Add(lines[i].Text);
        }

        return [.. groups];
    }

    public static Sample Load(TruthPage page, bool isPlain)
    {
        var decoded = PageDecoder.Decode(new(page.Read(), page.Url, null, page.Charset));
        using var document = TreeParser.Parse(decoded.Text);
        var layout = PageSegmenter.Segment(document);
        if (isPlain)
            return Plain(page, PlainTextReader.ReadGroups(PlainCopy.Of(layout)), copy => Labels.Of(copy, page));

        var metadata = MetadataReader.Read(document, page.Url);
        var features = BlockFeatures.Measure(layout, new(metadata), WordOdds.None);
        return new(page, layout, metadata, features, Labels.Of(layout, page));
    }

    private static Sample Plain(TruthPage page, IReadOnlyList<IReadOnlyList<string>> groups, Func<PageLayout, Labels> label)
    {
        var layout = TextLayout.Of(groups, BlockRules.Shipped).Page;
        var metadata = new ArticleMetadata();
        return new(page, layout, metadata, BlockFeatures.Measure(layout, new(metadata), WordOdds.None), label(layout)) { IsPlain = true };
    }

    public static Sample[] LoadAll(IReadOnlyList<TruthPage> pages, bool isPlain)
    {
        var samples = new Sample[pages.Count];
        Parallel.For(0, pages.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => samples[i] = Load(pages[i], isPlain));
        return samples;
    }
}
