namespace IngestPipeline.Records;

/// <summary>A day that holds records.</summary>
/// <param name="Name">The UTC day as <c>yyyy-MM-dd</c>, or <c>undated</c>.</param>
/// <param name="Records">How many records.</param>
/// <param name="Bytes">Their length, uncompressed.</param>
/// <param name="Sha256">SHA-256 (hexadecimal) of their uncompressed bytes: it changes when a record of the day does.</param>
public sealed record RecordDay(string Name, int Records, long Bytes, string Sha256);
