using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

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

    public static Sample Load(TruthPage page)
    {
        var decoded = PageDecoder.Decode(new(page.Read(), page.Url, null, page.Charset));
        using var document = TreeParser.Parse(decoded.Text);
        var layout = PageSegmenter.Segment(document);
        var metadata = MetadataReader.Read(document, page.Url);
        var features = BlockFeatures.Measure(layout, new(metadata), WordOdds.None);
        return new(page, layout, metadata, features, Labels.Of(layout, page));
    }

    public static Sample[] LoadAll(IReadOnlyList<TruthPage> pages)
    {
        var samples = new Sample[pages.Count];
        Parallel.For(0, pages.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => samples[i] = Load(pages[i]));
        return samples;
    }
}
