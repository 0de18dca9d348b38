using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction;

/// <summary>A plain text taken apart.</summary>
/// <param name="Lines">Its lines, those that were wrapped joined; none empty.</param>
/// <param name="First">The first line of running text that was kept.</param>
/// <param name="Last">The line behind the last that was kept.</param>
/// <param name="Head">The headline of a copied page; null where none was told apart.</param>
/// <param name="Blocks">The kept blocks.</param>
/// <param name="Removed">The removed ones.</param>
internal sealed record PlainText(
    List<string> Lines, int First, int Last, PlainTextHead? Head, IReadOnlyList<Block> Blocks, IReadOnlyList<StrippedBlock> Removed);
