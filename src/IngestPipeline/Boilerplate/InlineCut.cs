namespace IngestPipeline.Boilerplate;

/// <summary>A paragraph without the pointer that stood in it.</summary>
/// <param name="Remains">The paragraph without it.</param>
/// <param name="Removed">The pointer.</param>
/// <param name="Rule">The rule that names it.</param>
internal readonly record struct InlineCut(string Remains, string Removed, BlockRule Rule);
