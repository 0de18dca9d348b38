using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Cli.Batch;

/// <summary>Where and how a batch command runs.</summary>
/// <param name="Terminal">The process's streams.</param>
/// <param name="Output">The file to write; null for standard output.</param>
/// <param name="Workers">How many jobs at once.</param>
/// <param name="Quiet">True for no progress.</param>
internal sealed record BatchSettings(Terminal Terminal, string? Output, int Workers, bool Quiet);
