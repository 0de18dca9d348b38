using System.Buffers;
using System.Runtime.InteropServices;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>The trained block model: two stages of boosted trees. Trained by <c>tests/IngestPipeline.Training</c>, stored in <c>content.model.bin</c>.</summary>
internal sealed class ContentModel(Forest first, Forest second, uint columns)
{
    private const string Resource = "content.model.bin";

    // Menus and footers: what scores this low in the first stage is not asked about again.
    private const int Hopeless = -4 * Forest.Unit;

    // How many blocks the second stage is asked about at once.
    private const int Slice = 1_024;

    private const uint Magic = 0x314C4D43;

    /// <summary>How many features the second stage sees: those of the first and their context.</summary>
    public static uint Width { get; } = (uint)(BlockFeatures.Names.Count + ContextFeatures.Added);

    /// <summary>The model that is shipped; null when none is embedded, which only happens before the first training.</summary>
    public static ContentModel? Shipped { get; } = LoadShipped();

    /// <summary>Scores every block of a page, in 1/1,000 of a logit.</summary>
    public int[] Score(PageLayout layout, PageHints hints)
    {
        using var features = BlockFeatures.Measure(layout, hints, WordOdds.Shipped);
        if (columns != Width)
            throw new InvalidOperationException($"The block model was trained on {columns} features, the code has {Width}: train it again.");

        var scores = ScoreAll(first, features);
        var hopeful = new List<int>(scores.Length);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= Hopeless)
                hopeful.Add(i);
        }

        // A share of the blocks at a time: a page can have a hundred thousand, and their rows would take more memory than all else.
        var (context, last) = (new ContextFeatures(layout, features, scores), (int[])scores.Clone());
        for (var from = 0; from < hopeful.Count; from += Slice)
        {
            var asked = CollectionsMarshal.AsSpan(hopeful)[from..Math.Min(hopeful.Count, from + Slice)];
            using var rows = context.Measure(asked);
            var found = ScoreAll(second, rows);
            for (var i = 0; i < found.Length; i++)
                last[asked[i]] = found[i];
        }

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

    /// <summary>Reads a model file.</summary>
    public static ContentModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException($"{Resource} is not a block model.");
        var columns = reader.ReadUInt32();
        return new(Forest.Read(reader), Forest.Read(reader), columns);
    }

    /// <summary>Writes a model file.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(columns);
        first.Write(writer);
        second.Write(writer);
    }

    private static ContentModel? LoadShipped()
    {
        using var stream = typeof(ContentModel).Assembly.GetManifestResourceStream(typeof(ContentModel), Resource);
        return stream is null ? null : Read(stream);
    }
}
