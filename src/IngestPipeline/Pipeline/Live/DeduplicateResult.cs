namespace IngestPipeline.Pipeline.Live;

/// <summary>What a run of the deduplication did.</summary>
/// <param name="Items">Ended requests taken from the inbox.</param>
/// <param name="Decisions">Decisions published.</param>
/// <param name="Records">Records written or rewritten.</param>
/// <param name="Fenced">True when another writer published meanwhile: this run gave way, and the next begins from what stands there.</param>
public readonly record struct DeduplicateResult(int Items, int Decisions, int Records, bool Fenced);
