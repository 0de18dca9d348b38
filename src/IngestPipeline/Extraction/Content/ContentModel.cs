using System.Buffers;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>The trained block model: two stages of boosted trees, and what words say. Trained by <c>tests/IngestPipeline.Training</c>.</summary>
internal sealed class ContentModel(Forest first, Forest second, WordOdds words)
{
    // Menus and footers: what scores this low in the first stage is not asked about again.
    private const int Hopeless = -4 * Forest.Unit;

    // How many blocks the second stage is asked about at once.
    private const int Slice = 1_024;

    private const uint Magic = 0x324C4D43;

    // Read when it is asked for: the training, which replaces it, runs where it cannot be read.
    private static readonly Lazy<ContentModel> LazyShipped = new(() => LoadShipped(BlockModelFiles.Trees, BlockModelFiles.Words));
    private static readonly Lazy<ContentModel> LazyText = new(() => LoadShipped(BlockModelFiles.TextTrees, BlockModelFiles.TextWords));

    /// <summary>The model that is shipped.</summary>
    /// <exception cref="InvalidDataException">It was trained on other features: train it again.</exception>
    public static ContentModel Shipped => LazyShipped.Value;

    /// <summary>The model that is shipped for pages that were copied as plain text.</summary>
    /// <exception cref="InvalidDataException">It was trained on other features: train it again.</exception>
    public static ContentModel ShippedText => LazyText.Value;

    /// <summary>Both stages, in their order: how many trees of how many questions.</summary>
    public IReadOnlyList<(int Trees, int Depth)> Stages => [(first.Trees, first.Depth), (second.Trees, second.Depth)];

    /// <summary>Scores every block of a page, in 1/1,000 of a logit.</summary>
    public int[] Score(PageLayout layout, PageHints hints)
    {
        using var features = BlockFeatures.Measure(layout, hints, words);
        var scores = ScoreAll(first, features);
        var (hopeful, count) = (RentedArrays.Rent<int>(scores.Length), 0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= Hopeless)
                hopeful[count++] = i;
        }

        // A share of the blocks at a time: a page can have a hundred thousand, and their rows would take more memory than all else.
        using var context = new ContextFeatures(layout, features, scores);
        var last = (int[])scores.Clone();
        for (var from = 0; from < count; from += Slice)
        {
            var asked = hopeful.AsSpan(from..Math.Min(count, from + Slice));
            using var rows = context.Measure(asked);
            var found = ScoreAll(second, rows);
            for (var i = 0; i < found.Length; i++)
                last[asked[i]] = found[i];
        }

        RentedArrays.Return(hopeful);
        return last;
    }

    /// <summary>Scores every row with one stage.</summary>
    public static int[] ScoreAll(Forest forest, FeatureTable features)
    {
        var scores = new int[features.Rows];
        var tile = ArrayPool<int>.Shared.Rent(features.Columns * Forest.Lanes);
        Span<int> found = stackalloc int[Forest.Lanes];
        for (var from = 0; from < scores.Length; from += Forest.Lanes)
        {
            // The last tile may have lanes without a row; what stands in them is not read.
            var rows = Math.Min(Forest.Lanes, scores.Length - from);
            for (var lane = 0; lane < rows; lane++)
            {
                var row = features[from + lane];
                for (int column = 0, at = lane; column < row.Length; column++, at += Forest.Lanes)
                    tile[at] = row[column];
            }

            forest.Score(tile, found);
            found[..rows].CopyTo(scores.AsSpan(from));
        }

        ArrayPool<int>.Shared.Return(tile);
        return scores;
    }

    /// <summary>Reads a file of trees.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="words">What words say, which was trained with it.</param>
    /// <exception cref="InvalidDataException">It is no such file, or was trained on other features than are measured here.</exception>
    public static ContentModel Read(Stream stream, WordOdds words)
    {
        using var reader = new BinaryReader(stream);
        try
        {
            if (reader.ReadUInt32() != Magic)
                throw new InvalidDataException("no block model; 'train' of tests/IngestPipeline.Training writes one");
            if (reader.ReadUInt32() != FeatureDigest())
                throw new InvalidDataException("a block model trained on other features than this version measures; train it again");
            return new(Forest.Read(reader, BlockFeatures.Names.Count), Forest.Read(reader, BlockFeatures.Names.Count + ContextFeatures.Names.Count), words);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("a block model that ends early", e);
        }
    }

    /// <summary>Writes the file of trees.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(FeatureDigest());
        first.Write(writer);
        second.Write(writer);
    }

    // A model answers for the features by whose names, in whose order, it was trained.
    private static uint FeatureDigest() =>
        (uint)BlockFeatures.Names.Concat(ContextFeatures.Names).Aggregate(Fnv1a.Basis, (hash, name) => Fnv1a.Of(name + "\n", hash));

    private static ContentModel LoadShipped(string trees, string words)
    {
        using var read = Embedded(words);
        using var stream = Embedded(trees);
        return Read(stream, WordOdds.Read(read));
    }

    private static Stream Embedded(string file) => typeof(ContentModel).Assembly.GetManifestResourceStream(typeof(ContentModel), file)!;
}
