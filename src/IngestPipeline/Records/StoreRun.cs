namespace IngestPipeline.Records;

/// <summary>A run that a store holds.</summary>
/// <param name="PipelineVersion">The version it was written with.</param>
/// <param name="Prefix">Where it stands.</param>
public sealed record StoreRun(string PipelineVersion, string Prefix);
