namespace IngestPipeline.Boilerplate;

/// <summary>A block that a site repeats.</summary>
/// <param name="Key">Its key (<see cref="SiteBlock.Key"/>).</param>
/// <param name="Edge">How many articles hold it at their edge.</param>
/// <param name="All">How many hold it at all.</param>
/// <param name="IsAtEdge">True when it is removed at an article's edge.</param>
/// <param name="IsAnywhere">True when it is removed wherever it stands.</param>
internal sealed record LearnedBlock(ulong Key, int Edge, int All, bool IsAtEdge, bool IsAnywhere);
