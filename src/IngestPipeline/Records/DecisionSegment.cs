namespace IngestPipeline.Records;

/// <summary>One immutable segment of decisions.</summary>
/// <param name="Name">Its blob's name.</param>
/// <param name="Sha256">SHA-256 (hexadecimal) of its content.</param>
/// <param name="Decisions">How many lines it has.</param>
internal sealed record DecisionSegment(string Name, string Sha256, int Decisions);
