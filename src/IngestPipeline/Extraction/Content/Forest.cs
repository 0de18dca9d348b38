using System.Runtime.Intrinsics;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Boosted oblivious trees over whole-number features: each level of a tree asks one question, the answers are the bits of the leaf's
/// place. Leaves are whole numbers too, so that a score is the same on every machine.
/// </summary>
/// <param name="features">The asked columns, <paramref name="depth"/> a tree.</param>
/// <param name="thresholds">A bit is set where the value is greater than the threshold.</param>
/// <param name="leaves">The leaves, 2^depth a tree.</param>
/// <param name="bias">Where the sum starts.</param>
/// <param name="depth">Questions a tree.</param>
internal sealed class Forest(ushort[] features, int[] thresholds, int[] leaves, int bias, int depth)
{
    /// <summary>What one logit is in scores.</summary>
    public const int Unit = 1_000;

    /// <summary>How many rows are asked at once.</summary>
    public const int Lanes = 16;

    private const int MostDepth = 12;
    private const int MostTrees = 10_000;

    /// <summary>The scores of a few rows, in 1/1,000 of a logit: above 0 more likely than not.</summary>
    /// <param name="tile">The rows column by column, <see cref="Lanes"/> values a column.</param>
    /// <param name="scores">Takes <see cref="Lanes"/> scores.</param>
    public void Score(ReadOnlySpan<int> tile, Span<int> scores)
    {
        scores[..Lanes].Fill(bias);
        Span<int> leaf = stackalloc int[Lanes];
        ReadOnlySpan<ushort> asked = features;
        ReadOnlySpan<int> limits = thresholds;
        for (int question = 0, tree = 0; question < asked.Length; tree += 1 << depth)
        {
            // Whole numbers compared lane by lane: the same on every machine, with vectors or without.
            var places = Vector512<int>.Zero;
            for (var level = 0; level < depth; level++, question++)
            {
                var column = Vector512.Create(tile.Slice(asked[question] * Lanes, Lanes));
                places |= Vector512.GreaterThan(column, Vector512.Create(limits[question])) & Vector512.Create(1 << level);
            }

            places.CopyTo(leaf);
            var own = leaves.AsSpan(tree, 1 << depth);
            for (var lane = 0; lane < Lanes; lane++)
                scores[lane] += own[leaf[lane]];
        }
    }

    /// <summary>How many trees.</summary>
    public int Trees => features.Length / depth;

    /// <summary>Questions a tree.</summary>
    public int Depth => depth;

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where it stands.</param>
    /// <param name="columns">How many columns there are to ask about.</param>
    /// <exception cref="InvalidDataException">The trees are more, deeper or about other columns than can be.</exception>
    public static Forest Read(BinaryReader reader, int columns)
    {
        var (bias, depth, trees) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (depth is < 1 or > MostDepth || trees is < 1 or > MostTrees)
            throw new InvalidDataException($"a block model with {trees} trees of {depth} questions");
        var features = new ushort[trees * depth];
        var thresholds = new int[trees * depth];
        var leaves = new int[trees << depth];
        for (var i = 0; i < features.Length; i++)
            (features[i], thresholds[i]) = (reader.ReadUInt16(), reader.ReadInt32());
        for (var i = 0; i < leaves.Length; i++)
            leaves[i] = reader.ReadInt16();
        if (features.Any(f => f >= columns))
            throw new InvalidDataException($"a block model that asks for column {features.Max()} of {columns}");
        return new(features, thresholds, leaves, bias, depth);
    }

    /// <summary>Writes the trees, little-endian.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(bias);
        writer.Write(depth);
        writer.Write(Trees);
        for (var i = 0; i < features.Length; i++)
        {
            writer.Write(features[i]);
            writer.Write(thresholds[i]);
        }

        foreach (var leaf in leaves)
            writer.Write(checked((short)leaf));
    }
}
